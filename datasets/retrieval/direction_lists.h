// SPDX-License-Identifier: Apache-2.0
// Lists of names behind a direction: "inputs a, b[7:0] and c", "two 8-bit outputs (x, y)".
#pragma once

#include <set>
#include <vector>

#include "datasets/retrieval/port_evidence.h"

namespace rtlgen::datasets {

/// Adds the names of all such lists of a text, but for those that begin on one of `other_lines`.
void read_direction_lists(const std::vector<SpecToken>& tokens, const MentionHints& hints,
                          const std::set<int>& other_lines, PortEvidence& evidence);

}  // namespace rtlgen::datasets

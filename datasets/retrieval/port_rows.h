// SPDX-License-Identifier: Apache-2.0
// Lines that declare ports by how they stand below each other: "clk in 1", or names below a heading
// "Outputs:".
#pragma once

#include <set>
#include <vector>

#include "datasets/retrieval/port_evidence.h"

namespace rtlgen::datasets {

/// Adds the ports of lines "clk in, 1 (...)": a name, its direction, maybe its width; there must be
/// two of them. The lines that were such.
std::set<int> read_port_rows(const std::vector<SpecToken>& tokens, const MentionHints& hints,
                             PortEvidence& evidence);

/// Adds the names at the beginning of the lines below a direction that stands alone on its line.
void read_port_sections(const std::vector<SpecToken>& tokens, const MentionHints& hints,
                        PortEvidence& evidence);

}  // namespace rtlgen::datasets

// SPDX-License-Identifier: Apache-2.0
// Mentions of clock edges, which ask for no edge detector: "at the rising edge of the clock".
#pragma once

#include <string>
#include <vector>

#include "datasets/retrieval/spec_text.h"

namespace rtlgen::datasets {

/// The words without mentions of clock edges, with empty ones in their place. `clock`: the name of
/// the port.
[[nodiscard]] std::vector<SpecToken> without_clock_edges(const std::vector<SpecToken>& words,
                                                         const std::string& clock);

}  // namespace rtlgen::datasets

// SPDX-License-Identifier: Apache-2.0
// Which way the direction input of a shifter means.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "datasets/retrieval/spec_text.h"

namespace rtlgen::datasets {

/// The level of the input `name` (lower case) that means left: of each clause that compares it with
/// a level and says one direction. None: no clause does, or two contradict each other.
[[nodiscard]] std::optional<bool> level_of_left(const std::vector<SpecToken>& tokens,
                                                const std::string& name);

}  // namespace rtlgen::datasets

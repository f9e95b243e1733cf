// SPDX-License-Identifier: Apache-2.0
// The name that a specification asks its module to have, and interfaces told by an instance.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "datasets/retrieval/spec_text.h"

namespace rtlgen::datasets {

/// The name that has the most evidence: "module named X", "Name: X", "the block `X`", a heading "X:
/// a counter"; what is called an input or output isn't it. Empty where none is asked for.
[[nodiscard]] std::string module_name_of(const std::vector<SpecToken>& tokens);

/// "counter u1 (.clk(clk50), .value(phase));"
struct SpecInstance {
    std::string module_name;
    std::vector<std::string> ports;  ///< in its order; what they are connected to isn't kept
    std::size_t begin = 0;           ///< in the text
    std::size_t end = 0;             ///< behind it
};

/// The first instance with named connections in the text. Linear.
[[nodiscard]] std::optional<SpecInstance> instance_in(std::string_view text);

}  // namespace rtlgen::datasets

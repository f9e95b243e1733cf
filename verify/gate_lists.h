// SPDX-License-Identifier: Apache-2.0
// The gate's allowlists and refused words, as data.
#pragma once

#include <span>
#include <string_view>

namespace rtlgen::verify {

/// System functions that compute and nothing else.
std::span<const std::string_view> allowed_system_functions();
/// Compiler directives that stay within the text.
std::span<const std::string_view> allowed_directives();

/// Macros by which texts tell tools apart.
std::span<const std::string_view> customary_macros();

struct RefusedWord {
    std::string_view word;
    std::string_view why;
};
/// Keywords that reach out of a module.
std::span<const RefusedWord> refused_keywords();

/// Attributes (without a value, or with one) by which a netlist is another thing than what a
/// simulator runs: parts that Yosys doesn't look into, values that a proof may choose.
[[nodiscard]] std::span<const std::string_view> refused_attributes();

}  // namespace rtlgen::verify

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

}  // namespace rtlgen::verify

// SPDX-License-Identifier: Apache-2.0
// Reserved words and compiler directives of IEEE 1800-2017 (annex B, clause 22).
#pragma once

#include <string_view>

namespace rtlgen::rtl {

/// `word` without its backquote.
[[nodiscard]] bool is_directive_word(std::string_view word);

}  // namespace rtlgen::rtl

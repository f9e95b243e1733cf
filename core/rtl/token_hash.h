// SPDX-License-Identifier: Apache-2.0
// Texts that every tool must read alike have one hash: equal candidates are judged once.
#pragma once

#include <string>
#include <string_view>

namespace rtlgen::rtl {

/// SHA-256, in hexadecimal, over the tokens of `text`, without comments and white space; directives
/// and comments that speak to a tool (`// synopsys translate_off`) count. Where the text can
/// observe its own layout (`__LINE__, macros that make strings), the layout counts.
[[nodiscard]] std::string token_hash(std::string_view text);

}  // namespace rtlgen::rtl

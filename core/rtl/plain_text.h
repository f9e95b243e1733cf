// SPDX-License-Identifier: Apache-2.0
// Texts that every tool reads alike: without macros, conditions, includes and comments, so that
// there is nothing left by which a text could tell tools apart.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rtlgen::rtl {

/// Whether a preprocessor would change more of `text` than its comments: it uses, defines or asks
/// for a macro, or includes a file.
[[nodiscard]] bool needs_preprocessing(std::string_view text);

/// `text` with its tokens where they are, and blanks and line ends for all that stands between
/// them. Linear.
[[nodiscard]] std::string plain_text(std::string_view text);

/// What a preprocessor `printed` for the files `names`, in their order, with `line directives: the
/// plain text of each file. Each token stands in the line on which its file has it or the macro
/// that gave it, and those of an included text in the line of the `include; so a line of a message
/// is one of the user's. Files that printed nothing have an empty text. Linear.
[[nodiscard]] std::vector<std::string> plain_texts(std::string_view printed,
                                                   const std::vector<std::string>& names);

}  // namespace rtlgen::rtl

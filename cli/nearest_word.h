// SPDX-License-Identifier: Apache-2.0
// The word that somebody who mistyped one most likely meant.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rtlgen::cli {

/// The word of `words` with the smallest distance to `typed` (insertions, deletions, substitutions
/// and swaps of neighbours each count one; Damerau 1964, restricted), the first of equals. None
/// where even that one differs in more than a third of its letters; two always may.
[[nodiscard]] std::optional<std::string> nearest_word(std::string_view typed,
                                                      const std::vector<std::string>& words);

}  // namespace rtlgen::cli

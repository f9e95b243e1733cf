// SPDX-License-Identifier: Apache-2.0
// English words that running text puts where a port's name might stand.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

namespace rtlgen::datasets {

template <std::size_t N>
bool one_of(std::string_view word, const std::array<std::string_view, N>& words) {
    return std::ranges::find(words, word) != words.end();
}

/// Whether `word` is one of `list`, which has a space before and behind each of its words.
inline bool is_listed(std::string_view word, std::string_view list) {
    for (std::size_t at = list.find(word); !word.empty() && at != std::string_view::npos;
         at = list.find(word, at + 1)) {
        const std::size_t end = at + word.size();
        if (at > 0 && list[at - 1] == ' ' && end < list.size() && list[end] == ' ') return true;
    }
    return false;
}

/// Words that are never the name of a port, however they stand. `norm`: in lower case.
[[nodiscard]] bool never_a_name(std::string_view norm);

}  // namespace rtlgen::datasets

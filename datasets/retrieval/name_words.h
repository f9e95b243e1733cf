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

/// Words that are never the name of a port, however they stand. `norm`: in lower case.
[[nodiscard]] bool never_a_name(std::string_view norm);

}  // namespace rtlgen::datasets

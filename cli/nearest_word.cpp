// SPDX-License-Identifier: Apache-2.0
// The restricted Damerau-Levenshtein distance, row by row.
#include "cli/nearest_word.h"

#include <algorithm>
#include <cstddef>
#include <numeric>

namespace rtlgen::cli {
namespace {

std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before_last(b.size() + 1);
    std::vector<std::size_t> last(b.size() + 1);
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(last.begin(), last.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t substituted = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, substituted});
            const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (swapped) row[j] = std::min(row[j], before_last[j - 2] + 1);
        }
        std::swap(before_last, last);
        std::swap(last, row);
    }
    return last[b.size()];
}

}  // namespace

std::optional<std::string> nearest_word(std::string_view typed,
                                        const std::vector<std::string>& words) {
    // What is longer than any command or option is no slip of the finger.
    constexpr std::size_t kLongest = 64;
    if (typed.empty() || typed.size() > kLongest) return std::nullopt;
    std::optional<std::string> best;
    std::size_t best_distance = 0;
    for (const std::string& word : words) {
        const std::size_t away = distance(typed, word);
        const bool close = away <= std::max<std::size_t>(2, word.size() / 3) && away < word.size();
        if (close && (!best || away < best_distance)) {
            best = word;
            best_distance = away;
        }
    }
    return best;
}

}  // namespace rtlgen::cli

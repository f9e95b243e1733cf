// SPDX-License-Identifier: Apache-2.0
// The difference of two texts by lines (Myers, An O(ND) Difference Algorithm, 1986).
#pragma once

#include <string>
#include <string_view>

namespace rtlgen {

struct DiffNames {
    std::string before;
    std::string after;
};

/// A unified diff with three lines of context, as `diff -u` and `patch` know it; empty where the
/// texts are equal. Texts that differ in more than a few thousand lines are shown as one
/// replacement.
[[nodiscard]] std::string unified_diff(std::string_view before, std::string_view after,
                                       const DiffNames& names);

}  // namespace rtlgen

// SPDX-License-Identifier: Apache-2.0
// Two texts as a unified diff (POSIX `diff -u`), by their longest common subsequence of lines.
#pragma once

#include <string>
#include <string_view>

namespace rtlgen::workflow {

/// `--- a/PATH`, `+++ b/PATH` and hunks with three lines of context, as `patch -p1` and `git apply`
/// take them; empty where the texts are equal. Texts whose middle parts are too long to compare
/// (over 4 million pairs of lines) are one hunk that replaces that part.
[[nodiscard]] std::string unified_diff(std::string_view path, std::string_view before,
                                       std::string_view after);

}  // namespace rtlgen::workflow

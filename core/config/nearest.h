// SPDX-License-Identifier: Apache-2.0
// "Did you mean": the closest of the names that there are (Levenshtein 1966).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rtlgen::config {

/// Insertions, deletions and replacements that lead from `a` to `b`.
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b);

/// The name nearest to `wanted`, whole or after its last dot; empty where none is near: more than
/// a third of its letters, and at least two, would have to change.
[[nodiscard]] std::string nearest(std::string_view wanted, const std::vector<std::string>& names);

}  // namespace rtlgen::config

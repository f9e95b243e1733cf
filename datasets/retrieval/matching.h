// SPDX-License-Identifier: Apache-2.0
// The linear assignment problem (Kuhn: The Hungarian Method for the Assignment Problem, 1955).
#pragma once

#include <cstddef>
#include <vector>

namespace rtlgen::datasets {

/// A column for each row, all different, with the least sum of costs. `cost`: [row][column],
/// finite; at least as many columns as rows. O(rows^2 * columns); deterministic.
[[nodiscard]] std::vector<std::size_t> cheapest_matching(
    const std::vector<std::vector<double>>& cost);

}  // namespace rtlgen::datasets

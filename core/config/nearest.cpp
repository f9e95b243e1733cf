// SPDX-License-Identifier: Apache-2.0
#include "core/config/nearest.h"

#include <algorithm>
#include <numeric>

namespace rtlgen::config {
namespace {

std::string_view last_part(std::string_view name) {
    const std::size_t dot = name.rfind('.');
    return dot == std::string_view::npos ? name : name.substr(dot + 1);
}

}  // namespace

std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
        }
    }
    return row.back();
}

std::string nearest(std::string_view wanted, const std::vector<std::string>& names) {
    constexpr std::size_t kLongest = 100;
    if (wanted.size() > kLongest) return "";
    std::string best;
    std::size_t best_distance = std::max<std::size_t>(2, last_part(wanted).size() / 3) + 1;
    for (const std::string& name : names) {
        const std::size_t distance = std::min(
            edit_distance(wanted, name), edit_distance(last_part(wanted), last_part(name)) + 1);
        if (distance < best_distance) {
            best = name;
            best_distance = distance;
        }
    }
    return best;
}

}  // namespace rtlgen::config

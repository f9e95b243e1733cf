// SPDX-License-Identifier: Apache-2.0
// Numbers of list items and names of requirements ("1.", "R3.2", "| REQ-7 |") are no part of what a
// specification says.
#pragma once

#include <string>
#include <string_view>

namespace rtlgen::datasets {

/// `text` with the labels of its lines replaced by "-", line by line. A label is counted on: at
/// least two lines have one, with the same letters and numbers that go up by one; with letters it
/// is written in capitals and occurs nowhere else, or else it may be a port. Linear.
[[nodiscard]] std::string without_labels(std::string_view text);

}  // namespace rtlgen::datasets

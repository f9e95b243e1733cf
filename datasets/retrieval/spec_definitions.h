// SPDX-License-Identifier: Apache-2.0
// Lists that are no lists by their marks: definitions, and lines that begin with a quoted name.
#pragma once

#include <string>
#include <string_view>

namespace rtlgen::datasets {

/// The text with such entries as items of a list: "`data`\n: The operand, 8 bits." and, where at
/// least two stand in a row, lines "`data` - the operand" or "`data` (input): the operand". Linear.
[[nodiscard]] std::string with_items(std::string_view text);

}  // namespace rtlgen::datasets

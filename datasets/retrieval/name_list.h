// SPDX-License-Identifier: Apache-2.0
// Lists of names behind a direction: "clk, send and data[6:0]", "x (8 bits), y".
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "datasets/retrieval/port_cursor.h"

namespace rtlgen::datasets {

/// What leads from "inputs" to their names.
[[nodiscard]] bool is_copula(std::string_view norm);

/// The names from the cursor on, each with what stands in brackets behind it, up to what is no
/// name; the cursor goes there. `width`: of names that say none.
[[nodiscard]] std::vector<SpecPort> names_after(Cursor& cursor, PortDirection direction,
                                                std::optional<int> width);

}  // namespace rtlgen::datasets

// SPDX-License-Identifier: Apache-2.0
// Lines of a specification as its list items have them.
#pragma once

#include <string>
#include <string_view>

namespace rtlgen::datasets {

/// `text` with each sentence that goes on in the next line on one line, and each line that begins
/// an item ("`clk`: input", "- input clk", "clk : in", "# Ports") on a line of its own.
[[nodiscard]] std::string unwrapped_lines(std::string_view text);

}  // namespace rtlgen::datasets

// SPDX-License-Identifier: Apache-2.0
// The shapes that messages of all tools share: `FILE:LINE: rest`, `FILE:LINE:COL: rest`.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace rtlgen::tools {

struct LocatedLine {
    std::string file;
    int line = 0;
    int column = 0;         ///< 0 where none is given
    std::string_view rest;  ///< after the colon, trimmed; views the text that was split
};

/// Splits at the first `:DIGITS:`; none where there isn't one.
[[nodiscard]] std::optional<LocatedLine> split_location(std::string_view line);

/// A digit string as a line or column; 0 where it is none or too large.
[[nodiscard]] int parse_position(std::string_view digits);

/// A rule's words found in a message: the first row whose `text` occurs in it.
struct MessageRule {
    std::string_view text;
    std::string_view rule;
};
template <class Rules>
[[nodiscard]] std::string_view find_rule(const Rules& rules, std::string_view message,
                                         std::string_view otherwise) {
    for (const MessageRule& row : rules) {
        if (message.find(row.text) != std::string_view::npos) return row.rule;
    }
    return otherwise;
}

}  // namespace rtlgen::tools

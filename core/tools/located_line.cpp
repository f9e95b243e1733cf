// SPDX-License-Identifier: Apache-2.0
#include "core/tools/located_line.h"

#include <algorithm>

#include "core/base/text.h"

namespace rtlgen::tools {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Length of the digits at the front of `text`.
std::size_t digits(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::find_if_not(text, is_digit) - text.begin());
}

}  // namespace

int parse_position(std::string_view text) {
    const auto value = parse_int(text);
    return value && *value >= 0 && *value <= 1'000'000'000 ? static_cast<int>(*value) : 0;
}

std::optional<LocatedLine> split_location(std::string_view line) {
    for (std::size_t colon = line.find(':'); colon != std::string_view::npos;
         colon = line.find(':', colon + 1)) {
        std::string_view after = line.substr(colon + 1);
        const std::size_t length = digits(after);
        if (colon == 0 || length == 0 || length >= after.size() || after[length] != ':') continue;
        LocatedLine located;
        located.file = std::string(line.substr(0, colon));
        located.line = parse_position(after.substr(0, length));
        after.remove_prefix(length + 1);
        const std::size_t column = digits(after);
        if (column > 0 && column < after.size() && after[column] == ':') {
            located.column = parse_position(after.substr(0, column));
            after.remove_prefix(column + 1);
        }
        located.rest = trim(after);
        return located;
    }
    return std::nullopt;
}

}  // namespace rtlgen::tools

// SPDX-License-Identifier: Apache-2.0
// A printed line as words and numbers, for reading logs without regular expressions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rtlgen::verify {

/// A run of letters and underscores (lower-cased), or of digits.
struct LineWord {
    std::string text;
    std::optional<std::uint64_t> number;  ///< where it is a decimal number below 2^64
    char before = ' ';                    ///< the last mark between the word before and this one
    char after = ' ';                     ///< the first mark after it
    std::size_t offset = 0;               ///< in the line
    bool operator==(const LineWord&) const = default;
};

/// The first 256 words of a line.
[[nodiscard]] std::vector<LineWord> line_words(std::string_view line);

/// Cuts a line along a pattern in which each `*` stands for any text: "Mismatches: * in * samples"
/// gives the two texts. Leading and trailing white space of the line is passed over.
[[nodiscard]] std::optional<std::vector<std::string_view>> match_line(std::string_view line,
                                                                      std::string_view pattern);

}  // namespace rtlgen::verify

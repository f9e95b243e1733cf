// SPDX-License-Identifier: Apache-2.0
// A specification in prose as words, numbers and marks: what phrases are looked for in.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rtlgen::datasets {

/// A word, a number, or a mark such as `.`, `(`, `|`.
struct SpecToken {
    std::string raw;   ///< as written
    std::string norm;  ///< lower case, plural s dropped, number words as digits; a mark: the mark
    std::optional<std::int64_t> number;
    bool is_word = false;  ///< a word or number; false for a mark
    bool quoted = false;   ///< stands in backticks or quotes
    int line = 0;          ///< from 0
    bool operator==(const SpecToken&) const = default;
};

/// All tokens in order. A sentence's end, an empty line and a new list item are the mark ".".
/// Verilog literals such as 3'b010 are numbers. Never fails; linear.
[[nodiscard]] std::vector<SpecToken> tokenize_spec(std::string_view text);

/// Words and sentence ends alone: what phrases are matched with.
[[nodiscard]] std::vector<SpecToken> words_of(const std::vector<SpecToken>& tokens);

/// The text with typographic characters (dashes, quotes, arrows, signs of mathematics) as ASCII
/// writes them.
[[nodiscard]] std::string in_ascii(std::string text);

/// The `norm` of a single word.
[[nodiscard]] std::string normalize_word(std::string_view word);

}  // namespace rtlgen::datasets

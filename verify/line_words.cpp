// SPDX-License-Identifier: Apache-2.0
#include "verify/line_words.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <utility>

#include "core/base/text.h"

namespace rtlgen::verify {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

/// Of digits alone; none where 64 bits don't hold it.
std::optional<std::uint64_t> number_of(std::string_view digits) {
    std::uint64_t value = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (read.ec != std::errc{}) return std::nullopt;
    return value;
}

}  // namespace

std::vector<LineWord> line_words(std::string_view line) {
    constexpr std::size_t kMostWords = 256;
    std::vector<LineWord> words;
    char mark = ' ';
    for (std::size_t at = 0; at < line.size() && words.size() < kMostWords;) {
        const auto same_kind = is_digit(line[at])    ? &is_digit
                               : is_letter(line[at]) ? &is_letter
                                                     : nullptr;
        if (same_kind == nullptr) {
            if (line[at] != ' ' && line[at] != '\t') mark = line[at];
            if (mark != ' ' && !words.empty() && words.back().after == ' ') {
                words.back().after = mark;
            }
            ++at;
            continue;
        }
        const auto rest = line.substr(at);
        const auto length =
            static_cast<std::size_t>(std::ranges::find_if_not(rest, same_kind) - rest.begin());
        const std::string_view text = rest.substr(0, length);
        LineWord word{to_lower(text), std::nullopt, std::exchange(mark, ' '), ' ', at};
        if (same_kind == &is_digit) word.number = number_of(text);
        words.push_back(std::move(word));
        at += length;
    }
    return words;
}

std::optional<std::vector<std::string_view>> match_line(std::string_view line,
                                                        std::string_view pattern) {
    line = trim(line);
    std::vector<std::string_view> texts;
    bool open = false;  // a `*` waits for the literal that ends it
    for (const std::string_view literal : split(pattern, '*')) {
        const std::size_t at = open ? line.find(literal) : 0;
        if (at == std::string_view::npos || !line.substr(at).starts_with(literal)) {
            return std::nullopt;
        }
        if (open) texts.push_back(literal.empty() ? line : line.substr(0, at));
        line.remove_prefix(open && literal.empty() ? line.size() : at + literal.size());
        open = true;
    }
    if (!line.empty()) return std::nullopt;
    return texts;
}

}  // namespace rtlgen::verify

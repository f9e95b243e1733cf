// SPDX-License-Identifier: Apache-2.0
#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>

namespace rtlgen {
namespace {

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

/// Length of the valid UTF-8 sequence at the front of `text`, or 0 (RFC 3629: no surrogates, no
/// overlong forms, nothing above U+10FFFF; Unicode's table 3-7).
std::size_t utf8_length(std::string_view text) {
    struct Row {
        unsigned first, last;        // of the first byte
        unsigned second, second_to;  // of the second byte; further ones are 80..BF
        std::size_t length;
    };
    static constexpr std::array<Row, 8> kRows = {{{0xC2, 0xDF, 0x80, 0xBF, 2},
                                                  {0xE0, 0xE0, 0xA0, 0xBF, 3},
                                                  {0xE1, 0xEC, 0x80, 0xBF, 3},
                                                  {0xED, 0xED, 0x80, 0x9F, 3},
                                                  {0xEE, 0xEF, 0x80, 0xBF, 3},
                                                  {0xF0, 0xF0, 0x90, 0xBF, 4},
                                                  {0xF1, 0xF3, 0x80, 0xBF, 4},
                                                  {0xF4, 0xF4, 0x80, 0x8F, 4}}};
    const auto byte = [&](std::size_t i) -> unsigned {
        return static_cast<unsigned char>(text[i]);
    };
    if (byte(0) < 0x80) return 1;
    const auto* row = std::ranges::find_if(
        kRows, [&](const Row& r) { return byte(0) >= r.first && byte(0) <= r.last; });
    if (row == kRows.end() || text.size() < row->length) return 0;
    if (byte(1) < row->second || byte(1) > row->second_to) return 0;
    for (std::size_t i = 2; i < row->length; ++i) {
        if ((byte(i) & 0xC0U) != 0x80U) return 0;
    }
    return row->length;
}

template <class T>
std::optional<T> parse_number(std::string_view text) {
    T value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

}  // namespace

std::string_view trim(std::string_view text) {
    while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
    return text;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    std::size_t begin = 0;
    while (true) {
        const std::size_t end = text.find(separator, begin);
        parts.push_back(text.substr(begin, end - begin));
        if (end == std::string_view::npos) return parts;
        begin = end + 1;
    }
}

std::vector<std::string_view> split_lines(std::string_view text) {
    std::vector<std::string_view> lines = split(text, '\n');
    if (lines.back().empty()) lines.pop_back();
    for (std::string_view& line : lines) {
        if (line.ends_with('\r')) line.remove_suffix(1);
    }
    return lines;
}

std::string join(const std::vector<std::string>& parts, std::string_view separator) {
    std::string text;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i > 0) text += separator;
        text += parts[i];
    }
    return text;
}

std::string replace_all(std::string text, std::string_view from, std::string_view to) {
    if (from.empty()) return text;
    for (std::size_t at = text.find(from); at != std::string::npos;
         at = text.find(from, at + to.size())) {
        text.replace(at, from.size(), to);
    }
    return text;
}

std::string to_lower(std::string_view text) {
    std::string lower(text);
    std::ranges::transform(lower, lower.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return lower;
}

std::optional<std::int64_t> parse_int(std::string_view text) {
    return parse_number<std::int64_t>(text);
}

std::optional<double> parse_double(std::string_view text) { return parse_number<double>(text); }

bool is_valid_utf8(std::string_view text) {
    while (!text.empty()) {
        const std::size_t length = utf8_length(text);
        if (length == 0) return false;
        text.remove_prefix(length);
    }
    return true;
}

std::string to_valid_utf8(std::string_view bytes) {
    std::string text;
    text.reserve(bytes.size());
    while (!bytes.empty()) {
        const std::size_t length = utf8_length(bytes);
        if (length == 0) {
            text += "\xEF\xBF\xBD";
            bytes.remove_prefix(1);
        } else {
            text += bytes.substr(0, length);
            bytes.remove_prefix(length);
        }
    }
    return text;
}

std::string escape_for_terminal(std::string_view bytes) {
    static constexpr std::string_view kHex = "0123456789abcdef";
    std::string text;
    text.reserve(bytes.size());
    while (!bytes.empty()) {
        const std::size_t length = utf8_length(bytes);
        const auto first = static_cast<unsigned char>(bytes.front());
        const bool control =
            length == 1 && first != '\n' && first != '\t' && (first < 0x20 || first == 0x7F);
        // C1 controls (U+0080 to U+009F) drive some terminals as well.
        const bool c1 = length == 2 && first == 0xC2 && static_cast<unsigned char>(bytes[1]) < 0xA0;
        if (length == 0 || control || c1) {
            const std::size_t count = c1 ? 2 : 1;
            for (std::size_t i = 0; i < count; ++i) {
                const auto byte = static_cast<unsigned char>(bytes[i]);
                text += "\\x";
                text += kHex[byte >> 4U];
                text += kHex[byte & 15U];
            }
            bytes.remove_prefix(count);
        } else {
            text += bytes.substr(0, length);
            bytes.remove_prefix(length);
        }
    }
    return text;
}

bool is_simple_identifier(std::string_view name) {
    const auto letter = [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
    };
    if (name.empty() || !letter(name.front())) return false;
    return std::ranges::all_of(
        name, [&](char c) { return letter(c) || (c >= '0' && c <= '9') || c == '$'; });
}

}  // namespace rtlgen

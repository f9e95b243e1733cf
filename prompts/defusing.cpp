// SPDX-License-Identifier: Apache-2.0
#include "prompts/defusing.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>

#include "core/base/text.h"

namespace rtlgen::prompts {
namespace {

constexpr std::size_t kLongestMark = 48;
constexpr std::size_t kMostBackticks = 8;

/// Names that chat templates put into angle brackets.
constexpr std::array<std::string_view, 22> kAngleNames = {
    "s",           "bos",        "eos",           "pad",           "unk",
    "sys",         "think",      "thinking",      "thought",       "reasoning",
    "system",      "user",       "assistant",     "human",         "answer",
    "tool_call",   "tool_calls", "tool_response", "function_call", "start_of_turn",
    "end_of_turn", "end_of_text"};

/// Names that they put into square ones.
constexpr std::array<std::string_view, 7> kSquareNames = {
    "inst",         "available_tools", "tool_calls",   "tool_results",
    "tool_content", "system_prompt",   "begin_of_text"};

bool is_word_char(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/// Whether `open` NAME `close` stands at the front, with an optional `/` before the name.
bool is_bracketed(std::string_view text, char close, const auto& names) {
    std::string_view rest = text.substr(1, kLongestMark);
    if (rest.starts_with('/')) rest.remove_prefix(1);
    const std::size_t end = rest.find(close);
    if (end == std::string_view::npos) return false;
    return std::ranges::find(names, to_lower(trim(rest.substr(0, end)))) != names.end();
}

/// `<|NAME|>`, with the bar of ASCII or the full-width one.
bool is_barred(std::string_view text) {
    constexpr std::string_view kWideBar = "\xef\xbd\x9c";
    if (text.substr(1).starts_with(kWideBar)) return true;
    if (!text.substr(1).starts_with('|')) return false;
    const std::size_t end = text.substr(2, kLongestMark).find("|>");
    if (end == std::string_view::npos) return false;
    return std::ranges::all_of(text.substr(2, end), [](char c) {
        return is_word_char(c) || c == '-' || c == ' ' ||
               (static_cast<unsigned char>(c) & 0x80U) != 0;
    });
}

bool begins_mark(std::string_view text, char before) {
    if (text.front() == '<') {
        return is_barred(text) || text.starts_with("<!--") || is_bracketed(text, '>', kAngleNames);
    }
    // `mem[INST]` is an index.
    return text.front() == '[' && !is_word_char(before) && is_bracketed(text, ']', kSquareNames);
}

/// The character at the front of valid UTF-8, and its length.
std::pair<std::uint32_t, std::size_t> character_at(std::string_view text) {
    const auto byte = [&](std::size_t i) {
        return static_cast<std::uint32_t>(static_cast<unsigned char>(text[i]));
    };
    const std::uint32_t first = byte(0);
    if (first < 0xe0U || text.size() < 3) return {first, 1};
    if (first < 0xf0U) {
        return {(first & 0x0fU) << 12U | (byte(1) & 0x3fU) << 6U | (byte(2) & 0x3fU), 3};
    }
    if (text.size() < 4) return {first, 1};
    return {(first & 0x07U) << 18U | (byte(1) & 0x3fU) << 12U | (byte(2) & 0x3fU) << 6U |
                (byte(3) & 0x3fU),
            4};
}

/// Nothing is seen of these, or they turn the direction of what follows (Unicode's Bidi_Control
/// and zero-width characters, and its tags).
bool is_unseen(std::uint32_t character) {
    return (character >= 0x200bU && character <= 0x200fU) ||
           (character >= 0x202aU && character <= 0x202eU) ||
           (character >= 0x2060U && character <= 0x206fU) || character == 0xfeffU ||
           (character >= 0xe0000U && character <= 0xe007fU);
}

}  // namespace

std::string defused(std::string_view text) {
    const std::string plain = escape_for_terminal(text);
    const std::string_view rest = plain;
    std::string out;
    out.reserve(plain.size());
    std::size_t backticks = 0;
    for (std::size_t at = 0; at < rest.size();) {
        const char c = rest[at];
        backticks = c == '`' ? backticks + 1 : 0;
        const auto [character, length] = character_at(rest.substr(at));
        if (backticks > kMostBackticks ||
            begins_mark(rest.substr(at), at == 0 ? ' ' : rest[at - 1])) {
            out += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
            ++at;
        } else if (is_unseen(character)) {
            out += fmt::format("\\u{{{:x}}}", character);
            at += length;
        } else {
            out.append(rest, at, length);
            at += length;
        }
    }
    return out;
}

}  // namespace rtlgen::prompts

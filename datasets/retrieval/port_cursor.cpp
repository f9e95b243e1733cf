// SPDX-License-Identifier: Apache-2.0
#include "datasets/retrieval/port_cursor.h"

#include <algorithm>
#include <array>

#include "core/base/text.h"

namespace rtlgen::datasets {

std::optional<PortDirection> port_direction(std::string_view norm) {
    if (norm == "input" || norm == "in") return PortDirection::Input;
    if (norm == "output" || norm == "out") return PortDirection::Output;
    if (norm == "inout") return PortDirection::Inout;
    return std::nullopt;
}

bool is_name(const SpecToken& token) { return token.is_word && is_simple_identifier(token.raw); }

bool is_prose_word(const SpecToken& token) {
    constexpr auto kWords = std::to_array<std::string_view>(
        {"asserted",    "deasserted",   "high",   "low",    "active", "registered",
         "synchronous", "asynchronous", "set",    "all",    "both",

         "is",          "are",          "should", "signal", "port",   "the",
         "to",          "of",           "and",    "or",     "a",      "an",
         "value",       "has",          "bit",    "was",    "when",   "with",
         "for",         "at",           "as",     "line",   "from",   "width",
         "side",        "edge",         "may",    "can",    "will",   "must",
         "shall",       "be",           "that",   "which",  "have",   "vector"});
    return !token.quoted && std::ranges::find(kWords, token.norm) != kWords.end();
}

bool is_name_a(const std::vector<SpecToken>& tokens, std::size_t at) {
    if (tokens[at].raw != "a") return false;
    return at + 1 >= tokens.size() || !tokens[at + 1].is_word || tokens[at + 1].norm == "and";
}

bool is_type_word(std::string_view norm) {
    return norm == "wire" || norm == "reg" || norm == "logic" || norm == "signed" ||
           norm == "unsigned" || norm == "bit";
}

std::optional<int> width_in(const std::vector<SpecToken>& tokens, std::size_t from,
                            std::size_t until) {
    Cursor cursor{tokens, from};
    for (; cursor.at < std::min(until, tokens.size()); ++cursor.at) {
        if (const auto width = cursor.bits()) return width;
        Cursor look = cursor;
        if (const auto width = look.range()) return width;
        if (cursor.norm() == "single" && (cursor.norm(1) == "bit" || cursor.norm(2) == "bit")) {
            return 1;
        }
    }
    return std::nullopt;
}

}  // namespace rtlgen::datasets

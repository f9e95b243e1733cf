// SPDX-License-Identifier: Apache-2.0
#include "datasets/retrieval/name_list.h"

#include <algorithm>
#include <array>

#include "datasets/retrieval/name_words.h"

namespace rtlgen::datasets {
namespace {

/// "each", "every": said of the names before.
bool is_pronoun(const SpecToken& token) {
    constexpr auto kWords = std::to_array<std::string_view>(
        {"each", "every", "everything", "it", "its", "they", "this", "these", "those", "there"});
    return !token.quoted && one_of(token.norm, kWords);
}

bool links_names(std::string_view norm) { return norm == "," || norm == "and"; }

/// Whether the cursor stands at a name.
bool at_name(const Cursor& cursor) {
    if (cursor.done()) return false;
    const SpecToken& token = cursor.tokens[cursor.at];
    const bool plain = is_name(token) && !is_prose_word(token) && !port_direction(token.norm) &&
                       !is_pronoun(token);
    if (plain) return true;
    // `in` and `out` are names too, behind a direction.
    if (token.norm == "in" || token.norm == "out" || is_name_a(cursor.tokens, cursor.at)) {
        return true;
    }
    return is_name(token) && cursor.norm(1) == "(" && cursor.bits(2);
}

/// "(8 bits, the data)" describes `port`; the cursor goes behind it.
void take_bracket(Cursor& cursor, SpecPort& port) {
    const std::size_t begin = cursor.at + 1;
    while (!cursor.done() && cursor.norm() != ")") ++cursor.at;
    if (const auto bits = width_in(cursor.tokens, begin, cursor.at)) port.width = bits;
    for (std::size_t k = begin; k < cursor.at; ++k) {
        port.description += cursor.tokens[k].raw + " ";
    }
    ++cursor.at;
}

/// What stands behind a name: "[7:0]", "(8 bits)", "with 8 bits"; the cursor goes behind it.
void take_attributes(Cursor& cursor, SpecPort& port) {
    if (const auto range = cursor.range()) port.width = range;
    if (cursor.norm() == "(") {
        take_bracket(cursor, port);
    } else if (cursor.norm() == "with" && cursor.bits(1)) {
        port.width = cursor.bits(1);
        cursor.at += 3;
    }
}

}  // namespace

bool is_copula(std::string_view norm) {
    constexpr auto kWords = std::to_array<std::string_view>(
        {":", "are", "is", "shall", "must", "should", "will", "be"});
    return one_of(norm, kWords);
}

std::vector<SpecPort> names_after(Cursor& cursor, PortDirection direction,
                                  std::optional<int> width) {
    std::vector<SpecPort> ports;
    while (!cursor.done()) {
        if (const auto range = cursor.range()) {
            width = range;
            continue;
        }
        if (!at_name(cursor)) break;
        SpecPort port{cursor.tokens[cursor.at++].raw, direction, width, "", ""};
        take_attributes(cursor, port);
        ports.push_back(std::move(port));
        if (!links_names(cursor.norm())) break;
        while (links_names(cursor.norm())) ++cursor.at;
    }
    return ports;
}

}  // namespace rtlgen::datasets

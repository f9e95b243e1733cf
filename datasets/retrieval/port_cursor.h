// SPDX-License-Identifier: Apache-2.0
// Reading of ports token by token: directions, names, ranges and numbers of bits.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "datasets/retrieval/spec_interface.h"

namespace rtlgen::datasets {

[[nodiscard]] std::optional<PortDirection> port_direction(std::string_view norm);
[[nodiscard]] bool is_name(const SpecToken& token);
/// Words that follow "input" in a sentence but are no names.
[[nodiscard]] bool is_prose_word(const SpecToken& token);
/// The word "a" as a name: nothing that it could be an article of follows.
[[nodiscard]] bool is_name_a(const std::vector<SpecToken>& tokens, std::size_t at);
[[nodiscard]] bool is_type_word(std::string_view norm);

/// A cursor over the tokens of a line or a sentence.
struct Cursor {
    const std::vector<SpecToken>& tokens;
    std::size_t at = 0;

    [[nodiscard]] bool done() const { return at >= tokens.size(); }
    [[nodiscard]] std::string_view norm(std::size_t ahead = 0) const {
        return at + ahead < tokens.size() ? std::string_view(tokens[at + ahead].norm)
                                          : std::string_view();
    }
    [[nodiscard]] std::optional<std::int64_t> number(std::size_t ahead = 0) const {
        return at + ahead < tokens.size() ? tokens[at + ahead].number : std::nullopt;
    }
    /// `[7:0]`; the cursor goes behind it.
    std::optional<int> range() {
        if (norm() != "[" || !number(1) || norm(2) != ":" || !number(3) || norm(4) != "]") {
            return std::nullopt;
        }
        const std::int64_t width = *number(1) - *number(3) + 1;
        at += 5;
        return width >= 1 && width <= 65536 ? std::optional(static_cast<int>(width)) : std::nullopt;
    }
    /// `8 bits`, `8-bit`; the cursor stays.
    [[nodiscard]] std::optional<int> bits(std::size_t ahead = 0) const {
        if (!number(ahead) || *number(ahead) < 1 || *number(ahead) > 65536) return std::nullopt;
        const std::size_t unit = norm(ahead + 1) == "-" ? ahead + 2 : ahead + 1;
        if (norm(unit) != "bit") return std::nullopt;
        return static_cast<int>(*number(ahead));
    }
};

/// The width that a text speaks of: a range, a number of bits.
[[nodiscard]] std::optional<int> width_in(const std::vector<SpecToken>& tokens, std::size_t from,
                                          std::size_t until);

}  // namespace rtlgen::datasets

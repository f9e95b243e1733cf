// SPDX-License-Identifier: Apache-2.0
// Names of ports in running text with what stands beside them: "`a`", "b[7:0]", "c (input, 8)".
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "datasets/retrieval/name_words.h"
#include "datasets/retrieval/spec_interface.h"

namespace rtlgen::datasets {

/// A name in a list with what stands beside it.
struct PortItem {
    std::size_t at = 0;
    std::size_t end = 0;
    std::optional<PortDirection> direction;
    std::optional<int> width;
    std::string description;
    std::optional<int> maybe;  ///< a number that could be the width
    bool shared = false;       ///< "a and b (8 bits each)"
};

/// Looks at single places of a text; `norm`, `is_mark`, `direction_at` and `item_at` also behind
/// its end.
class PortItems {
public:
    PortItems(const std::vector<SpecToken>& tokens, const MentionHints& hints)
        : tokens_(tokens), hints_(hints) {}

    [[nodiscard]] std::string_view norm(std::size_t at) const;
    [[nodiscard]] std::string_view before(std::size_t at, std::size_t back = 1) const;
    /// The first place from `at` where none of `words` stands.
    template <std::size_t N>
    [[nodiscard]] std::size_t behind(std::size_t at,
                                     const std::array<std::string_view, N>& words) const {
        while (one_of(norm(at), words)) ++at;
        return at;
    }
    [[nodiscard]] bool starts_line(std::size_t at) const;
    [[nodiscard]] bool is_mark(std::size_t at) const;
    [[nodiscard]] std::optional<PortDirection> direction_at(std::size_t at) const;
    [[nodiscard]] std::optional<int> range_at(std::size_t at) const;
    /// Can't be a word of English.
    [[nodiscard]] bool is_strong(std::size_t at) const;
    [[nodiscard]] bool could_be_name(std::size_t at) const;
    /// Several words in quotes are no name.
    [[nodiscard]] bool in_quoted_text(std::size_t at) const;
    /// "out txd, active.": a word that is a signal's name, behind another name.
    [[nodiscard]] bool ends_list(std::size_t at) const;
    /// "8-bit", "of 8 bits", ", 8 bits wide", "[7:0]" at a place; the cursor goes behind it.
    [[nodiscard]] std::optional<int> attribute(std::size_t& at) const;
    /// One name with its attributes; none: what stands there is no name.
    [[nodiscard]] std::optional<PortItem> item_at(std::size_t at) const;
    /// "the observed line obs": a name behind words that tell what it is.
    [[nodiscard]] std::optional<PortItem> described_item(std::size_t at) const;
    /// What stands in brackets behind a name; the place behind them.
    [[nodiscard]] std::size_t bracket(std::size_t open, PortItem& item) const;
    /// "the serial line (so)", "a byte (tlm, 8 bits)".
    [[nodiscard]] bool is_bracketed(std::size_t at) const;

protected:
    const std::vector<SpecToken>& tokens_;
    const MentionHints& hints_;
};

}  // namespace rtlgen::datasets

// SPDX-License-Identifier: Apache-2.0
// Brackets of a token sequence matched once, so that whoever skips a group does so in one step.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "core/rtl/lexer.h"

namespace rtlgen::rtl {

/// Indices from `begin` to before `end`.
struct TokenRange {
    std::size_t begin = 0;
    std::size_t end = 0;
    [[nodiscard]] bool empty() const { return begin >= end; }
    [[nodiscard]] std::size_t size() const { return empty() ? 0 : end - begin; }
};

/// Tokens with their brackets' partners. The tokens outlive it.
class TokenTree {
public:
    explicit TokenTree(std::span<const Token> tokens);

    [[nodiscard]] std::size_t size() const { return tokens_.size(); }
    [[nodiscard]] const Token& operator[](std::size_t i) const { return tokens_[i]; }
    [[nodiscard]] bool see(std::size_t i, std::string_view text) const {
        return i < tokens_.size() && tokens_[i].is(text);
    }
    /// A name that isn't a keyword.
    [[nodiscard]] bool see_name(std::size_t i) const;
    /// The closing partner of the bracket at `i`; size() where it has none or is no bracket.
    [[nodiscard]] std::size_t partner(std::size_t i) const { return partners_[i]; }
    /// Parts of `range` between commas that stand in no brackets; none for an empty range.
    [[nodiscard]] std::vector<TokenRange> split_commas(TokenRange range) const;
    /// The first token `text` in `range` outside brackets, or range.end.
    [[nodiscard]] std::size_t find(TokenRange range, std::string_view text) const;
    [[nodiscard]] std::span<const Token> tokens(TokenRange range) const {
        return tokens_.subspan(range.begin, range.size());
    }
    /// The source between the first and last token of `range`.
    [[nodiscard]] std::string_view source(TokenRange range, std::string_view text) const;

private:
    std::span<const Token> tokens_;
    std::vector<std::size_t> partners_;
};

}  // namespace rtlgen::rtl

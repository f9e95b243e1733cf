// SPDX-License-Identifier: Apache-2.0
// The words of one design with what a mutation asks about them: where brackets, statements and
// expressions end, and what stands in an always or initial block.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/rtl/lexer.h"

namespace rtlgen::test {

/// Indices are of words; one behind the last is its size. The text outlives it.
class CodeWords {
public:
    explicit CodeWords(const std::string& code);

    [[nodiscard]] std::size_t size() const { return tokens_.size(); }
    [[nodiscard]] const rtl::Token& at(std::size_t index) const { return tokens_[index]; }
    [[nodiscard]] bool is(std::size_t index, std::string_view word) const {
        return index < size() && tokens_[index].is(word);
    }
    [[nodiscard]] bool is_name(std::size_t index) const;

    /// The first word behind the module's header.
    [[nodiscard]] std::size_t body() const;
    /// The word that closes the bracket, `begin` or `case` at `open`; the last word where none
    /// does.
    [[nodiscard]] std::size_t closing(std::size_t open) const;
    /// The last word of the statement that begins at `begin`.
    [[nodiscard]] std::size_t statement_end(std::size_t begin) const;
    /// The first word at or behind `from` that ends an expression: a closing bracket that `from`
    /// lies within, or one of `ends` outside of all brackets.
    [[nodiscard]] std::size_t expression_end(std::size_t from, std::string_view ends) const;
    /// Whether the word lies in a block of always or initial.
    [[nodiscard]] bool is_procedural(std::size_t index) const { return procedural_[index]; }

    /// The text from the first word to the last, both with it.
    [[nodiscard]] std::string text(std::size_t first, std::size_t last) const;

private:
    const std::string& code_;
    std::vector<rtl::Token> tokens_;
    std::vector<bool> procedural_;
};

}  // namespace rtlgen::test

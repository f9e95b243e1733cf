// SPDX-License-Identifier: Apache-2.0
#include "tests/mutants/code_words.h"

#include <algorithm>
#include <array>

namespace rtlgen::test {
namespace {

constexpr std::array<std::string_view, 6> kBlocks = {"always",       "always_ff", "always_comb",
                                                     "always_latch", "initial",   "final"};

bool opens(const rtl::Token& token) {
    return token.is("(") || token.is("[") || token.is("{") || token.is("begin") ||
           token.is("case") || token.is("casez") || token.is("casex");
}

bool closes(const rtl::Token& token) {
    return token.is(")") || token.is("]") || token.is("}") || token.is("end") ||
           token.is("endcase");
}

}  // namespace

CodeWords::CodeWords(const std::string& code)
    : code_(code), tokens_(rtl::lex(code)), procedural_(tokens_.size(), false) {
    for (std::size_t i = 0; i < size(); ++i) {
        const auto begins = [&](std::string_view word) { return is(i, word); };
        if (!std::ranges::any_of(kBlocks, begins)) continue;
        const std::size_t end = statement_end(i + 1);
        for (std::size_t k = i + 1; k <= end && k < size(); ++k) procedural_[k] = true;
        i = end;
    }
}

bool CodeWords::is_name(std::size_t index) const {
    return index < size() && at(index).kind == rtl::TokenKind::Identifier &&
           !rtl::is_keyword(at(index).text);
}

std::size_t CodeWords::body() const {
    std::size_t index = 0;
    while (index < size() && !is(index, ";")) ++index;
    return std::min(index + 1, size());
}

std::size_t CodeWords::closing(std::size_t open) const {
    int depth = 0;
    for (std::size_t i = open; i < size(); ++i) {
        if (opens(at(i))) ++depth;
        if (closes(at(i)) && --depth == 0) return i;
    }
    return size() - 1;
}

std::size_t CodeWords::statement_end(std::size_t begin) const {
    if (begin >= size()) return size() - 1;
    if (is(begin, "begin") || is(begin, "case") || is(begin, "casez") || is(begin, "casex")) {
        return closing(begin);
    }
    if (is(begin, "unique") || is(begin, "priority")) return statement_end(begin + 1);
    if (is(begin, "@") && !is(begin + 1, "(")) return statement_end(begin + 2);
    if (is(begin, "@") || is(begin, "for") || is(begin, "while") || is(begin, "repeat")) {
        return statement_end(closing(begin + 1) + 1);
    }
    if (is(begin, "if")) {
        const std::size_t then = statement_end(closing(begin + 1) + 1);
        return is(then + 1, "else") ? statement_end(then + 2) : then;
    }
    return std::min(expression_end(begin, ";"), size() - 1);
}

std::size_t CodeWords::expression_end(std::size_t from, std::string_view ends) const {
    int depth = 0;
    for (std::size_t i = from; i < size(); ++i) {
        if (opens(at(i))) ++depth;
        if (closes(at(i)) && --depth < 0) return i;
        if (is(i, ";")) return i;
        const bool is_end = at(i).text.size() == 1 && ends.find(at(i).text[0]) != ends.npos;
        if (depth == 0 && is_end) return i;
    }
    return size();
}

std::string CodeWords::text(std::size_t first, std::size_t last) const {
    if (last < first) return "";
    return code_.substr(at(first).offset, at(last).end() - at(first).offset);
}

}  // namespace rtlgen::test

// SPDX-License-Identifier: Apache-2.0
#include "core/rtl/token_tree.h"

namespace rtlgen::rtl {
namespace {

char closer_of(const Token& token) {
    if (token.kind != TokenKind::Operator) return '\0';
    if (token.text == "(") return ')';
    if (token.text == "[") return ']';
    if (token.text == "{" || token.text == "'{") return '}';
    return '\0';
}

bool is_closer(const Token& token) { return token.is(")") || token.is("]") || token.is("}"); }

/// Nothing in brackets reaches over these.
bool ends_unit(const Token& token) {
    return token.is("endmodule") || token.is("endpackage") || token.is("endinterface");
}

}  // namespace

TokenTree::TokenTree(std::span<const Token> tokens)
    : tokens_(tokens), partners_(tokens.size(), tokens.size()) {
    std::vector<std::size_t> open;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (closer_of(tokens[i]) != '\0') {
            open.push_back(i);
        } else if (is_closer(tokens[i]) && !open.empty() &&
                   closer_of(tokens[open.back()]) == tokens[i].text.front()) {
            partners_[open.back()] = i;
            open.pop_back();
        } else if (ends_unit(tokens[i])) {
            open.clear();
        }
    }
}

bool TokenTree::see_name(std::size_t i) const {
    if (i >= tokens_.size()) return false;
    if (tokens_[i].kind == TokenKind::EscapedIdentifier) return true;
    return tokens_[i].kind == TokenKind::Identifier && !is_keyword(tokens_[i].text);
}

std::size_t TokenTree::find(TokenRange range, std::string_view text) const {
    for (std::size_t i = range.begin; i < range.end; ++i) {
        if (tokens_[i].is(text)) return i;
        if (partners_[i] < range.end) i = partners_[i];
    }
    return range.end;
}

std::vector<TokenRange> TokenTree::split_commas(TokenRange range) const {
    std::vector<TokenRange> parts;
    while (!range.empty()) {
        const std::size_t comma = find(range, ",");
        parts.push_back({range.begin, comma});
        range.begin = comma + 1;
    }
    return parts;
}

std::string_view TokenTree::source(TokenRange range, std::string_view text) const {
    if (range.empty()) return {};
    const std::size_t begin = tokens_[range.begin].offset;
    return text.substr(begin, tokens_[range.end - 1].end() - begin);
}

}  // namespace rtlgen::rtl

// SPDX-License-Identifier: Apache-2.0
#include "core/rtl/token_hash.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/base/hash.h"
#include "core/base/text.h"
#include "core/rtl/lexer.h"

namespace rtlgen::rtl {
namespace {

/// Comments in which tools look for orders begin with one of these.
bool speaks_to_a_tool(std::string_view comment) {
    static constexpr std::array<std::string_view, 16> kWords = {
        "verilator", "synopsys", "synthesis", "pragma",    "cadence",  "ambit",
        "exemplar",  "xilinx",   "altera",    "vcs",       "coverage", "quartus",
        "yosys",     "verific",  "lint_",     "translate_"};
    const std::string content = to_lower(trim(comment.substr(2)));
    return std::ranges::any_of(kWords,
                               [&](std::string_view word) { return content.starts_with(word); });
}

bool shows_layout(const Token& token) {
    return token.kind == TokenKind::MacroOperator || token.text == "`__LINE__";
}

}  // namespace

std::string token_hash(std::string_view text) {
    FieldHasher hasher;
    const std::vector<Token> tokens = lex(text, Comments::Keep);
    if (std::ranges::any_of(tokens, shows_layout)) return hasher.add("text").add(text).finish();
    hasher.add("tokens");
    bool in_define = false;
    const Token* directive = nullptr;  // the token before the last one
    const Token* last = nullptr;
    for (const Token& token : tokens) {
        // A bracket right at a macro's name begins its arguments, one after a space its text.
        const bool begins_arguments = token.text == "(" && directive != nullptr &&
                                      directive->text == "`define" && last->end() == token.offset;
        directive = std::exchange(last, &token);
        if (token.kind == TokenKind::Comment && !token.unterminated &&
            !speaks_to_a_tool(token.text)) {
            continue;
        }
        // The end of a macro's text is a line's end, which no token shows.
        if (token.in_define != in_define) hasher.add("\n");
        in_define = token.in_define;
        hasher.add(begins_arguments ? "arguments (" : token.text);
    }
    return hasher.finish();
}

}  // namespace rtlgen::rtl

// SPDX-License-Identifier: Apache-2.0
// The lexer over what IEEE 1800-2017 allows, and over what it doesn't.
#include "core/rtl/lexer.h"

#include "tests/catch.h"

using namespace rtlgen::rtl;

namespace {

std::vector<std::string> words(std::string_view text) {
    std::vector<std::string> result;
    for (const Token& token : lex(text)) result.emplace_back(token.text);
    return result;
}

Token only(std::string_view text) {
    const std::vector<Token> tokens = lex(text, Comments::Keep);
    REQUIRE(tokens.size() == 1);
    return tokens.front();
}

using Words = std::vector<std::string>;

}  // namespace

TEST_CASE("a token knows its offset, line and column in bytes") {
    const std::vector<Token> tokens = lex("module a;\n\twire b;\r\nendmodule");
    REQUIRE(tokens.size() == 7);
    CHECK(tokens[3].text == "wire");
    CHECK(tokens[3].offset == 11);
    CHECK(tokens[3].line == 2);
    CHECK(tokens[3].column == 2);
    CHECK(tokens[6].text == "endmodule");
    CHECK(tokens[6].line == 3);
    CHECK(tokens[6].column == 1);
    CHECK(tokens[6].end() == 29);
}

TEST_CASE("identifiers, escaped identifiers and system identifiers are told apart") {
    CHECK(only("a$b_1").kind == TokenKind::Identifier);
    const Token escaped = lex("\\a+b[3] x").front();
    CHECK(escaped.kind == TokenKind::EscapedIdentifier);
    CHECK(name_of(escaped) == "a+b[3]");
    CHECK(only("$display").kind == TokenKind::SystemIdentifier);
    CHECK(only("$").kind == TokenKind::Operator);
    CHECK(words("[0:$]") == Words{"[", "0", ":", "$", "]"});
}

TEST_CASE("every form of number is one token") {
    for (const std::string_view number :
         {"12",  "1_000",  "4'b10_1x", "8'hFf",  "'d12",   "12'o17", "4'sb1010", "16'SHz",
          "1.5", "1.5e-3", "2e10",     "10ns",   "1.5us",  "1step",  "'0",       "'1",
          "'x",  "'Z",     "4 'b1",    "8'h ff", "3'b1?0", "4'b"}) {
        CAPTURE(number);
        const Token token = only(number);
        CHECK(token.kind == TokenKind::Number);
        CHECK(token.text == number);
    }
}

TEST_CASE("what follows a number is no part of it") {
    CHECK(words("8'(x)") == Words{"8", "'", "(", "x", ")"});
    CHECK(words("1ns_a") == Words{"1", "ns_a"});
    CHECK(words("'{0,1}") == Words{"'{", "0", ",", "1", "}"});
    CHECK(words("a[3.x]") == Words{"a", "[", "3", ".", "x", "]"});
    CHECK(words("4'b012") == Words{"4'b01", "2"});
    CHECK(words("2\n'b1") == Words{"2", "'b1"});
}

TEST_CASE("strings keep their escapes, and end at the line's end where their quote is missing") {
    const Token token = only(R"("a\"b\n\101\\")");
    CHECK(token.kind == TokenKind::String);
    CHECK_FALSE(token.unterminated);
    CHECK(string_value(token) == "a\"b\nA\\");
    const std::vector<Token> open = lex("\"abc\r\nwire");
    REQUIRE(open.size() == 2);
    CHECK(open[0].unterminated);
    CHECK(string_value(open[0]) == "abc");
    CHECK(open[1].line == 2);
    CHECK(string_value(only("\"a\\\nb\"")) == "ab");
    CHECK(only("\"abc\\").unterminated);
}

TEST_CASE("comments are dropped or kept, and an open block comment is flagged") {
    CHECK(words("a // b\nc /* d\n */ e") == Words{"a", "c", "e"});
    const std::vector<Token> kept = lex("a // b\n/* c", Comments::Keep);
    REQUIRE(kept.size() == 3);
    CHECK(kept[1].text == "// b");
    CHECK(kept[2].kind == TokenKind::Comment);
    CHECK(kept[2].unterminated);
    CHECK(only("/*/").unterminated);
}

TEST_CASE("operators are the longest that fit") {
    CHECK(words("a<<<=b>>>=c") == Words{"a", "<<<=", "b", ">>>=", "c"});
    CHECK(words("a===b!==c") == Words{"a", "===", "b", "!==", "c"});
    CHECK(words("x[7-:4]+:y") == Words{"x", "[", "7", "-:", "4", "]", "+:", "y"});
    CHECK(words("p::q |-> ##1 r") == Words{"p", "::", "q", "|->", "##", "1", "r"});
    CHECK(words("u(.*)") == Words{"u", "(", ".*", ")"});
}

TEST_CASE("an attribute's parentheses are told from a sensitivity list's") {
    CHECK(words("(* keep *) wire") == Words{"(*", "keep", "*)", "wire"});
    CHECK(words("always @(*)") == Words{"always", "@", "(", "*", ")"});
    CHECK(words("always @( * )") == Words{"always", "@", "(", "*", ")"});
    CHECK(words("@*") == Words{"@", "*"});
}

TEST_CASE("directives are told from uses of macros") {
    CHECK(only("`timescale").kind == TokenKind::Directive);
    CHECK(only("`WIDTH").kind == TokenKind::Macro);
    CHECK(lex("`\\my+macro x").front().kind == TokenKind::Macro);
    CHECK(only("`").kind == TokenKind::Bad);
}

TEST_CASE("the text of a macro is marked, over continued lines, and ends with its line") {
    const std::vector<Token> tokens =
        lex("`define A(x) x \\\n  module // m \\\n `\"x`\" ``y\nwire");
    REQUIRE(tokens.size() == 13);
    for (std::size_t i = 1; i < 12; ++i) {
        CAPTURE(tokens[i].text);
        CHECK(tokens[i].in_define);
    }
    CHECK(tokens[6].text == "module");
    CHECK(tokens[7].kind == TokenKind::MacroOperator);
    CHECK(tokens[12].text == "wire");
    CHECK_FALSE(tokens[12].in_define);
    CHECK(tokens[12].line == 4);
}

TEST_CASE("bytes that begin no token are bad, and the rest is read") {
    const std::vector<Token> tokens = lex(std::string_view("a \0 \xE2\x80\x9C b \\ c", 13));
    REQUIRE(tokens.size() == 6);
    CHECK(tokens[1].kind == TokenKind::Bad);
    CHECK(tokens[2].kind == TokenKind::Bad);
    CHECK(tokens[2].text.size() == 3);
    CHECK(tokens[4].kind == TokenKind::Bad);
    CHECK(tokens[5].text == "c");
}

TEST_CASE("a byte order mark is no token") {
    const Token token = only("\xEF\xBB\xBFmodule");
    CHECK(token.text == "module");
    CHECK(token.column == 1);
}

TEST_CASE("keywords of SystemVerilog are known, names are not") {
    CHECK(is_keyword("endmodule"));
    CHECK(is_keyword("always_ff"));
    CHECK(is_keyword("xor"));
    CHECK_FALSE(is_keyword("clk"));
    CHECK_FALSE(is_keyword(""));
}

TEST_CASE("a lexer at the end of its text stays there") {
    Lexer lexer("a");
    (void)lexer.next();
    CHECK(lexer.next().kind == TokenKind::End);
    CHECK(lexer.next().kind == TokenKind::End);
}

// SPDX-License-Identifier: Apache-2.0
#include "core/base/text.h"

#include "tests/catch.h"

using namespace rtlgen;

TEST_CASE("a line's carriage return is no part of it") {
    CHECK(split_lines("a\r\nb\n") == std::vector<std::string_view>{"a", "b"});
    CHECK(split_lines("").empty());
    CHECK(split_lines("a\n\nb") == std::vector<std::string_view>{"a", "", "b"});
}

TEST_CASE("bad UTF-8 becomes the replacement character, byte by byte") {
    CHECK(to_valid_utf8("a\xFFz") == "a\xEF\xBF\xBDz");
    CHECK(to_valid_utf8("\xC3\xA9") == "\xC3\xA9");
    CHECK_FALSE(is_valid_utf8("\xC0\x80"));          // overlong NUL
    CHECK_FALSE(is_valid_utf8("\xED\xA0\x80"));      // surrogate
    CHECK_FALSE(is_valid_utf8("\xF4\x90\x80\x80"));  // above U+10FFFF
    CHECK_FALSE(is_valid_utf8("\xE2\x82"));          // cut
    CHECK_FALSE(is_valid_utf8("\xE0\x9F\xBF"));      // overlong, by one
    CHECK(is_valid_utf8("\xE0\xA0\x80"));
    CHECK(is_valid_utf8("\xED\x9F\xBF\xEE\x80\x80"));  // around the surrogates
    CHECK_FALSE(is_valid_utf8("\xF0\x8F\xBF\xBF"));    // overlong, by one
    CHECK(is_valid_utf8("\xF4\x8F\xBF\xBF"));          // the last code point
    CHECK_FALSE(is_valid_utf8("\xF3\x80\x80\x7F"));    // a bad last byte
    CHECK(is_valid_utf8("\xF0\x9F\x98\x80"));
}

TEST_CASE("a terminal gets no control characters") {
    CHECK(escape_for_terminal("a\x1B[31m\tb\n") == "a\\x1b[31m\tb\n");
    CHECK(escape_for_terminal("\xC2\x9B") == "\\xc2\\x9b");
    CHECK(escape_for_terminal("\xC3\xA9") == "\xC3\xA9");
}

TEST_CASE("only plain names may become arguments of a tool") {
    CHECK(is_simple_identifier("top_1$"));
    CHECK_FALSE(is_simple_identifier(""));
    CHECK_FALSE(is_simple_identifier("1a"));
    CHECK_FALSE(is_simple_identifier("a;b"));
    CHECK_FALSE(is_simple_identifier("a\n"));
}

TEST_CASE("a number is the whole of its text") {
    CHECK(parse_int("42") == 42);
    CHECK(parse_int("-7") == -7);
    CHECK_FALSE(parse_int("42x"));
    CHECK_FALSE(parse_int(""));
    CHECK(parse_double("0.5") == 0.5);
}

// SPDX-License-Identifier: Apache-2.0
#include "core/rtl/constant_expression.h"

#include "tests/catch.h"

using namespace rtlgen;
using namespace rtlgen::rtl;

namespace {

std::optional<std::int64_t> value_of(std::string_view text) {
    ConstantScope scope;
    scope.values = {{"W", 8}, {"D", 3}};
    const ConstantScope::Macros macros = {{"N", "4"}, {"SUM", "1+2"}, {"PAIR", "(1+2)"}};
    scope.macros = &macros;
    return evaluate(lex(text), scope);
}

}  // namespace

TEST_CASE("constant expressions have the value that the standard gives them") {
    const std::vector<std::pair<std::string, std::int64_t>> table = {
        {"W-1", 7},       {"2*W+D", 19},
        {"2**10", 1024},  {"1<<4", 16},
        {"-W/3", -2},     {"W%3", 2},
        {"W>7?1:2", 1},   {"W==8&&D!=3", 0},
        {"$clog2(9)", 4}, {"$clog2(8)", 3},
        {"$clog2(1)", 0}, {"~0", -1},
        {"!W", 0},        {"8'hF0>>4", 15},
        {"4'd12|1", 13},  {"(W+1)*(D-1)", 18},
        {"`N*2", 8},      {"`SUM", 3},
        {"2*`PAIR", 6},   {"1?2:3?4:5", 2},
        {"10-3-2", 5},    {"32'h0000_00ff", 255},
        {"6&3^1", 3},     {"(-1)**3", -1}};
    for (const auto& [text, expected] : table) {
        CAPTURE(text);
        CHECK(value_of(text) == expected);
    }
}

TEST_CASE("what has no value in 64 bits has none") {
    for (const std::string_view text :
         {"", "X", "1/0", "1%0", "4'bx", "1.5", "2**64", "1<<63", "9223372036854775807+1", "W W",
          "(W", "W+", "2*`SUM", "`NONE", "$bits(W)", "99999999999999999999", "p::W", "1?2", "'1"}) {
        CAPTURE(text);
        CHECK_FALSE(value_of(text).has_value());
    }
}

TEST_CASE("a deep expression ends without a value") {
    CHECK_FALSE(value_of(std::string(100'000, '-') + "1").has_value());
    CHECK_FALSE(value_of(std::string(100'000, '(') + "1").has_value());
    std::string chain;
    for (int i = 0; i < 50'000; ++i) chain += "0?2:";
    CHECK_FALSE(value_of(chain + "3").has_value());
}

TEST_CASE("a macro whose brackets don't hold all of its text is no single operand") {
    const ConstantScope::Macros macros = {{"SUM", "(2)+(3)"}, {"ONE", "((2)+(3))"}};
    ConstantScope scope;
    scope.macros = &macros;
    const auto value = [&](const std::string& text) {
        const std::vector<Token> tokens = lex(text);
        return evaluate(tokens, scope);
    };
    CHECK(value("`SUM") == 5);
    CHECK(value("`ONE * 2") == 10);
    CHECK(value("`SUM * 2") == std::nullopt);  // 2 + 3 * 2, which isn't computed
}

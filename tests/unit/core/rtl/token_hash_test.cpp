// SPDX-License-Identifier: Apache-2.0
#include "core/rtl/token_hash.h"

#include "tests/catch.h"

using rtlgen::rtl::token_hash;

TEST_CASE("comments and white space don't count for the token hash") {
    CHECK(token_hash("module a; // x\n  wire b;\nendmodule\n") ==
          token_hash("module  a ;wire b;/* y\n */ endmodule"));
    CHECK(token_hash("`define A 1\nwire b;") == token_hash("`define  A  1 // one\n wire b;"));
}

TEST_CASE("everything that a tool can see counts for the token hash") {
    const std::vector<std::pair<std::string, std::string>> different = {
        {"wire a;", "wire b;"},
        {"wire ab;", "wire a b;"},
        {"`define A 1\nb", "`define A 1 b"},
        {"`timescale 1ns/1ps\na", "`timescale 1ns/1ns\na"},
        {"a // synopsys translate_off\nb", "a // plain\nb"},
        {"a /* verilator public */", "a"},
        {"\"a  b\"", "\"a b\""},
        {"a = `__LINE__;", "a\n= `__LINE__;"},
        {"a /* open", "a"},
        {"`define S(x) `\"x`\"\na", "`define S(x) `\"x `\"\na"}};
    for (const auto& [first, second] : different) {
        CAPTURE(first, second);
        CHECK(token_hash(first) != token_hash(second));
    }
}

TEST_CASE("a macro with an argument and one whose text begins with a bracket have other hashes") {
    CHECK(token_hash("`define F(x) x\n") != token_hash("`define F (x) x\n"));
    CHECK(token_hash("`define F  (x)  x\n") == token_hash("`define F (x) x\n"));
    CHECK(token_hash("`define F (x) g(x)\n") == token_hash("`define F (x) g (x)\n"));
}

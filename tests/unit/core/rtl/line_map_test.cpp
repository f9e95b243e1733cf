// SPDX-License-Identifier: Apache-2.0
#include "core/rtl/line_map.h"

#include "tests/catch.h"

using rtlgen::rtl::LineMap;
using rtlgen::rtl::SourceLine;

TEST_CASE("a line of preprocessed text leads back to the user's file and line") {
    const LineMap map(
        "`line 1 \"top.v\" 1\na\n`line 1 \"inc/b.vh\" 1\nb\nb2\n`line 3 \"top.v\" 2\nc\n");
    CHECK(map.map(2) == SourceLine{"top.v", 1});
    CHECK(map.map(4) == SourceLine{"inc/b.vh", 1});
    CHECK(map.map(5) == SourceLine{"inc/b.vh", 2});
    CHECK(map.map(7) == SourceLine{"top.v", 3});
    CHECK(map.files() == std::vector<std::string>{"", "top.v", "inc/b.vh"});
}

TEST_CASE("lines before the first directive belong to the first file") {
    const LineMap map("a\nb\n", "x.v");
    CHECK(map.map(2) == SourceLine{"x.v", 2});
    CHECK(LineMap().map(5) == SourceLine{"", 5});
}

TEST_CASE("a line directive in a comment or string, or a malformed one, maps nothing") {
    const LineMap map("/*\n`line 90 \"evil.v\" 1\n*/\n\"`line 90\"\n`line x\n`line 5\nq\n", "x.v");
    CHECK(map.map(7) == SourceLine{"x.v", 7});
    CHECK(map.files().size() == 1);
}

TEST_CASE("escapes of a file's name are resolved") {
    const LineMap map("`line 1 \"a\\\\b\\\"c.v\" 0\nx\n");
    CHECK(map.map(2).file == "a\\b\"c.v");
}

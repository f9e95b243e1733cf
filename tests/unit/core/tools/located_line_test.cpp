// SPDX-License-Identifier: Apache-2.0
// Splitting messages at their place.
#include "core/tools/located_line.h"

#include "tests/catch.h"

using rtlgen::tools::parse_position;
using rtlgen::tools::split_location;

TEST_CASE("A message is split at its file, line and column") {
    const auto both = split_location("a/b.sv:12:7: syntax error");
    REQUIRE(both);
    CHECK(both->file == "a/b.sv");
    CHECK(both->line == 12);
    CHECK(both->column == 7);
    CHECK(both->rest == "syntax error");
    const auto line = split_location("a.sv:3: error: x:4: y");
    REQUIRE(line);
    CHECK(line->line == 3);
    CHECK(line->column == 0);
    CHECK(line->rest == "error: x:4: y");
}

TEST_CASE("What has no place isn't split, however odd") {
    for (const char* text :
         {"", ":", "::", ":1:", "a:", "a:1", "a:x:", "warning: nothing", "12:30"}) {
        CAPTURE(text);
        CHECK_FALSE(split_location(text));
    }
}

TEST_CASE("A line number out of range is unknown") {
    CHECK(parse_position("7") == 7);
    CHECK(parse_position("99999999999999999999999") == 0);
    CHECK(parse_position("-1") == 0);
    CHECK(parse_position("") == 0);
}

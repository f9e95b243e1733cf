// SPDX-License-Identifier: Apache-2.0
#include "verify/printed_value.h"

#include "tests/catch.h"

using namespace rtlgen::verify;

TEST_CASE("a printed value is known in every base that testbenches print") {
    for (const char* printed : {"8'h3f", "8'b0011_1111", "3f", "3F", "63", "00111111", "0x3f",
                                "8'd63", "8'o77", " 3f ", "8'sh3f"}) {
        CAPTURE(printed);
        CHECK(may_denote(printed, "00111111"));
    }
    for (const char* printed : {"8'h3e", "8'd77", "40", "", "8'", "y", "8'b3f"}) {
        CAPTURE(printed);
        CHECK_FALSE(may_denote(printed, "00111111"));
    }
    CHECK(may_denote("0", "0000"));
    CHECK(may_denote("x", "xxxx"));
    CHECK(may_denote("X", "x1x0"));
    CHECK(may_denote("8'hxf", "xxxx1111"));
    CHECK_FALSE(may_denote("0", ""));
}

TEST_CASE("times are read and told in their units") {
    CHECK(leading_number("95 ps") == 95U);
    CHECK(leading_number("950") == 950U);
    CHECK_FALSE(leading_number("ps"));
    CHECK_FALSE(leading_number(""));
    CHECK(femtoseconds("1ns") == 1'000'000U);
    CHECK(femtoseconds("100 ps") == 100'000U);
    CHECK_FALSE(femtoseconds("fast"));
    CHECK_FALSE(femtoseconds("1"));
    CHECK(time_text(95, "10ns") == "950 ns");
    CHECK(time_text(95, "") == "95");
}

// SPDX-License-Identifier: Apache-2.0
#include "datasets/retrieval/spec_labels.h"

#include "datasets/retrieval/spec_definitions.h"

#include "tests/catch.h"

using namespace rtlgen::datasets;

TEST_CASE("numbers of items and names of requirements are dropped") {
    CHECK(without_labels("1. Count.\n2. Hold.\n") == "-  Count.\n-  Hold.\n");
    CHECK(without_labels("R1. Count.\nR2. Hold.\n") == "-  Count.\n-  Hold.\n");
    CHECK(without_labels("| T1 | Count. |\n| T2 | Hold. |\n").find("T1") == std::string::npos);
}

TEST_CASE("codes of operations, ports and lone numbers are no labels") {
    for (const char* text : {"0: add\n1: subtract\n", "000: add\n001: subtract\n",
                             "0. add\n1. subtract\n", "a1: input\na2: input\n", "8. That is all.\n",
                             "A1: an input\nA2: an input\nA1 is added to A2.\n"}) {
        CAPTURE(text);
        CHECK(without_labels(text) == text);
    }
}

TEST_CASE("definitions and rows of quoted names are items") {
    CHECK(with_items("`data`\n: The byte, 8 bits.\n\n`go`\n: Starts.\n") ==
          "- `data`: The byte, 8 bits.\n\n- `go`: Starts.\n");
    CHECK(with_items("`clk` - the clock, in\n`q[7:0]` (output): the count\n") ==
          "- `clk` - the clock, in\n- `q[7:0]` (output): the count\n");
    CHECK(with_items("**clk** - the clock\n**rst** - the reset\n") ==
          "- **clk** - the clock\n- **rst** - the reset\n");
    const std::string prose = "The result\n`y` - and nothing else - is a sum.\nIt is new.\n";
    CHECK(with_items(prose) == prose);
}

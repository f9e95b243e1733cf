// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/datasets/library_fixture.h"

using namespace rtlgen;
using namespace rtlgen::datasets;

namespace {

const std::string kPorts =
    "An ALU `x`.\n- input [7:0] a\n- input [7:0] b\n- input [3:0] op\n- output [7:0] y\n\n";

/// "2:and 3:or", or the reason why not.
std::string table_of(const std::string& lines) {
    static const Library library = test::open_library();
    const auto answer = library.answer({kPorts + lines, "", ""});
    if (!answer) return answer.error().message;
    std::string text;
    for (const TableRow& row : answer->adaptation.table) {
        text += (text.empty() ? "" : " ") + std::to_string(row.code) + ":" + row.operation;
    }
    return text;
}

bool refused(const std::string& lines, const std::string& why) {
    return table_of(lines).find(why) != std::string::npos;
}

}  // namespace

TEST_CASE("codes are read in all their spellings") {
    CHECK(table_of("0000: add\n0001: subtract\n") == "0:add 1:sub");
    CHECK(table_of("- op = 4'b0010: y = a & b\n- op = 4'b0011: y = a | b\n") == "2:and 3:or");
    CHECK(table_of("| op | what |\n|---|---|\n| 4'h8 | XOR |\n| 4'h9 | NOR |\n") == "8:xor 9:nor");
    CHECK(table_of("ADD (0001)\nSUB (0010)\n") == "1:add 2:sub");
}

TEST_CASE("codes of ones and zeros are binary, unless others show that they are decimal") {
    CHECK(table_of("00: add\n10: subtract\n11: and\n") == "0:add 2:sub 3:and");
    CHECK(table_of("9: add\n10: subtract\n11: and\n") == "9:add 10:sub 11:and");
    CHECK(refused("0: add\n1: subtract\n10: and\n", "binary or decimal"));
}

TEST_CASE("the order of operands counts") {
    CHECK(table_of("0: a - b\n1: subtract b from a\n2: shift a left by b\n") ==
          "0:sub 1:sub 2:sll");
    CHECK(refused("0: add\n1: b - a\n", "b - a"));
    CHECK(refused("0: add\n1: subtract a from b\n", "subtract a from b"));
    CHECK(refused("0: add\n1: shift b left by a\n", "shift b left by a"));
    CHECK(refused("0: add\n1: not b\n", "not b"));
}

TEST_CASE("comparisons are signed unless they say unsigned") {
    CHECK(table_of("0: set less than\n1: set less than (unsigned)\n2: SLT (signed)\n") ==
          "0:slt 1:sltu 2:slt");
}

TEST_CASE("an operation that isn't there, a code twice and no table are no match") {
    CHECK(refused("0: add\n1: count the ones\n", "count the ones"));
    CHECK(refused("0: add\n1: shift a left by 1\n", "shift a left by 1"));
    CHECK(refused("0: add\n0: subtract\n", "twice"));
    CHECK(refused("It adds and subtracts.\n", "which code"));
    CHECK(refused("0: add\n31: subtract\n", "wider"));
}

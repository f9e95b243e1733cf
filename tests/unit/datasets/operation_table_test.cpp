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

TEST_CASE("bitwise operations are told by what each bit is") {
    CHECK(table_of("0: each bit is 1 where both a and b have a 1\n"
                   "1: each bit is 1 where a or b, or both, have a 1\n"
                   "2: each bit is 1 where a and b differ\n") == "0:and 1:or 2:xor");
    CHECK(table_of("0: a bit of y is set only if both bits are set\n"
                   "1: each bit is 0 only where both are 0\n"
                   "2: every bit is 1 if exactly one of the two bits is 1, else 0\n"
                   "3: bit by bit 1 where the operands agree and 0 elsewhere\n"
                   "4: each bit is 1 unless both bits are 1\n"
                   "5: each bit is 1 where neither bit is 1\n") ==
          "0:and 1:or 2:xor 3:xnor 4:nand 5:nor");
    CHECK(table_of("0: each bit is high when at least one of the bits is high\n"
                   "1: each bit is 1 if either bit is 1 but not both\n"
                   "2: where both bits are 1, each bit is 1, 0 elsewhere\n") == "0:or 1:xor 2:and");
    CHECK(table_of("0: AND, bitwise\n1: OR, bitwise\n2: XOR, bitwise\n") == "0:and 1:or 2:xor");
    CHECK(table_of("0: each bit of y is the logical AND of the operand bits in the same position\n"
                   "1: each bit of y is the logical exclusive OR of the operand bits in the same "
                   "position\n") == "0:and 1:xor");
}

TEST_CASE("bits are numbered, and old words stand for operations") {
    CHECK(table_of("0: y[i] is 1 when a[i] and b[i] are both 1\n"
                   "1: each bit is 1 if it is 1 in a or in b or in both\n"
                   "2: each bit is 1 where one of them is 1 but not both\n"
                   "3: for every bit position: 1 if both inputs are 1, otherwise 0\n"
                   "4: a result bit is 1 when the two operand bits are different\n") ==
          "0:and 1:or 2:xor 3:and 4:xor");
    CHECK(table_of("0: logical product of the corresponding bits\n"
                   "1: logical sum of the corresponding bits\n"
                   "2: EXOR of the operands\n3: modulo-2 sum of each bit pair\n") ==
          "0:and 1:or 2:xor 3:xor");
}

TEST_CASE("a rule for the whole word, or for one operand alone, is no bitwise operation") {
    CHECK(refused("0: add\n1: 1 if a and b are equal, all other bits 0\n", "none that"));
    CHECK(refused("0: add\n1: the 8-bit number 1 where a and b agree\n", "none that"));
    CHECK(refused("0: add\n1: each bit is 1 where a is 1 and b is 0\n", "none that"));
    CHECK(refused("0: add\n1: where both bits are 1 each bit is 1, 0 elsewhere\n", "none that"));
    CHECK(refused("0: add\n1: each bit is 1 where bit 3 of both is 1\n", "none that"));
}

TEST_CASE("comparisons are told in many ways") {
    CHECK(
        table_of("0: the number 1 if a is smaller than b, both taken as two's complement numbers "
                 "(-128 to 127); the number 0 if not\n"
                 "1: unsigned compare: 1 when a is strictly lower than b, else 0\n"
                 "2: signed: y is 1 when b is greater than a and 0 when it is equal or less\n"
                 "3: y becomes 1 if a is the lesser one without regard to sign, 0 otherwise\n"
                 "4: `$signed(a) < $signed(b) ? 8'd1 : 8'd0`\n"
                 "5: y is 1 (8'h01) when a is strictly the lower one, read as signed, else 0\n") ==
        "0:slt 1:sltu 2:slt 3:sltu 4:slt 5:slt");
    CHECK(refused("0: add\n1: 1 if a is greater than b, signed\n", "none that"));
    CHECK(refused("0: add\n1: 1 if a is less than or equal to b, signed, else 0\n", "none that"));
    CHECK(refused("0: add\n1: 0 if a is less than b, signed, else 1\n", "none that"));
    CHECK(refused("0: add\n1: the smaller one of a and b, signed\n", "none that"));
    CHECK(refused("0: add\n1: 1 if b is less than a, unsigned\n", "none that"));
    CHECK(refused("0: add\n1: 1 if a exceeds b (unsigned), else 0\n", "none that"));
}

TEST_CASE("shifts are told by where things move and what comes in") {
    CHECK(
        table_of("0: a moved b places to the left; zeros come in from the right, bits beyond bit "
                 "7 are lost\n"
                 "1: a moved b places to the right; zeros come in from the left (whatever the "
                 "sign)\n"
                 "2: a shifted towards the least significant end by b, copies of the sign come in "
                 "from the left\n"
                 "3: a moved towards the most significant bit by as many positions as b states\n"
                 "4: SHR a shifted to the right by b positions, filled up with zeros (logical, not "
                 "arithmetic)\n") == "0:sll 1:srl 2:sra 3:sll 4:srl");
    CHECK(refused("0: add\n1: a moved one place to the left, zeros come in\n", "none that"));
    CHECK(refused("0: add\n1: b moved a places to the left; zeros come in from the right\n",
                  "none that"));
    CHECK(
        refused("0: add\n1: a moved b places to the left; the bits that fall out come in from the "
                "right\n",
                "none that"));
}

TEST_CASE("ends of a word are sides, and a sign that comes in is told in many ways") {
    CHECK(table_of("0: a shifted toward the low end by b places, zero filled\n"
                   "1: a shifted towards bit 7 by b positions, zeros come in\n"
                   "2: a shifted right by b, the top bit is copied into the vacated places\n"
                   "3: shift right by b keeping the sign\n"
                   "4: a moved b bits to the right, the sign is not kept, zeros come in\n") ==
          "0:srl 1:sll 2:sra 3:sra 4:srl");
}

TEST_CASE("what more is said of a sum or a complement makes it another operation") {
    CHECK(refused("0: and\n1: a minus b, but 0 if it is negative\n", "none that"));
    CHECK(refused("0: and\n1: sum of the bits of a\n", "none that"));
    CHECK(refused("0: and\n1: two's complement of a\n", "none that"));
}

TEST_CASE("tables stand in comments, behind ports, in slices and in snippets of code") {
    CHECK(table_of("// op = 4'b0000   ADD   y = a plus b, modulo 256\n"
                   "// op = 4'b0001   AND   bit by bit\n"
                   "// op = 4'b0010   LESS  signed comparison: y = 8'h01 when a is less than\n"
                   "//                      b, 8'h00 when it is equal or greater\n"
                   "//\n"
                   "// If b > 7, y = 8'h00.\n") == "0:add 1:and 2:slt");
    CHECK(table_of("`op[3:0]` = 0b0000: add\n`op[3:0]` = 0b0001: subtract\n") == "0:add 1:sub");
    CHECK(table_of("op[3:0] == 0x8 -> XOR\nop[3:0] == 0x9 -> OR\n") == "8:xor 9:or");
    CHECK(table_of("    case (op)\n        4'd0: y = a + b;\n        4'd1: y = a & b;\n"
                   "        default: y = 0;\n    endcase\n") == "0:add 1:and");
    CHECK(table_of("if (op == 4'd0) y = a + b;\nelse if (op == 4'd1) y = a | b;\nelse y = 0;\n") ==
          "0:add 1:or");
    CHECK(table_of("Function 0 - addition\nFunction 1 - subtraction\n") == "0:add 1:sub");
    CHECK(table_of("**Code 0000, addition.** The sum of both operands.\n\n"
                   "**Code 0001, left shift.** The left operand moved towards the most significant "
                   "bit by as many positions as the right operand states. Vacated positions\n"
                   "are filled with 0; bits moved beyond bit 7 are discarded.\n") == "0:add 1:sll");
    CHECK(table_of(
              "| op | y |\n|---|---|\n| 0000 | AND of both inputs |\n| 0001 | sum of the inputs |\n"
              "| 0010 | XOR of both inputs |\n") == "0:and 1:add 2:xor");
    CHECK(table_of("| # | op | what |\n|---|---|---|\n| 2 | 0010 | AND |\n| 3 | 0011 | OR |\n") ==
          "2:and 3:or");
}

TEST_CASE("codes in running text are named together and one by one") {
    CHECK(
        table_of("The `op` takes a command. Commands 0 and 1 are for arithmetic. Command 0 adds "
                 "the operands, command 1 subtracts b from a.\n\n"
                 "Commands 2 and 3 combine the operands bitwise: 2 is the AND and 3 the exclusive "
                 "OR.\n\n"
                 "Commands 4 and 5 shift a, 4 towards the most significant end and 5 towards the "
                 "least significant end. How far is told by b.\n") ==
        "0:add 1:sub 2:and 3:xor 4:sll 5:srl");
}

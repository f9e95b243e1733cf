// SPDX-License-Identifier: Apache-2.0
// The library's answers run: on both simulators, in many shapes, and broken on purpose.
#include <algorithm>
#include <iostream>

#include "core/tools/front_end.h"
#include "tests/unit/datasets/library_fixture.h"

using namespace rtlgen;
using namespace rtlgen::datasets;

namespace {

/// A text of the design that is replaced by another one.
struct Mutant {
    const char* design;
    const char* from;
    const char* to;
};

constexpr Mutant kMutants[] = {
    {"counter", "count_value + 1'b1", "count_value - 1'b1"},
    {"counter", "count_value + 1'b1", "count_value | 1'b1"},
    {"counter", "<= next_value", "<= count_value"},
    {"counter", "if (en)", "if (1'b1)"},
    {"counter", "{WIDTH{1'b0}}", "{WIDTH{1'b1}}"},
    {"counter", "@(posedge clk)", "@(posedge clk or posedge rst)"},
    {"counter", "@(posedge clk)", "@(negedge clk)"},
    {"counter", "if (rst)", "if (rst && en)"},
    {"shift_register", "{shift_value[WIDTH-2:0], serial_in}",
     "{serial_in, shift_value[WIDTH-1:1]}"},
    {"shift_register", "{shift_value[WIDTH-2:0], serial_in}", "{shift_value[WIDTH-2:0], 1'b0}"},
    {"shift_register", "{shift_value[WIDTH-2:0], serial_in}",
     "{shift_value[WIDTH-2:0], !serial_in}"},
    {"shift_register", "shift_value[WIDTH-1];", "shift_value[0];"},
    {"shift_register", "if (en)", "if (!en)"},
    {"shift_register", "@(posedge clk)", "@(posedge clk or posedge rst)"},
    {"shift_register", "{WIDTH{1'b0}}", "{WIDTH{1'b1}}"},
    {"sync_fifo", "wr_en && !is_full", "wr_en"},
    {"sync_fifo", "rd_en && !is_empty", "rd_en"},
    {"sync_fifo", "wr_en && !is_full", "wr_en && (!is_full || rd_en)"},
    {"sync_fifo", "level + 1'b1", "level + 2'd2"},
    {"sync_fifo", "level == FULL_LEVEL", "level == LAST_ADDRESS"},
    {"sync_fifo", "do_write && !do_read", "do_write"},
    {"sync_fifo", "do_read && !do_write", "do_read"},
    {"sync_fifo", "memory[write_address] <= din", "memory[read_address] <= din"},
    {"sync_fifo", "read_address + 1'b1", "read_address"},
    {"sync_fifo", "if (do_read) begin\n            read_data", "begin\n            read_data"},
    {"sync_fifo", "write_address <= {ADDRESS_BITS{1'b0}};", "write_address <= write_address;"},
    {"round_robin_arbiter", "req & behind_winner", "req"},
    {"round_robin_arbiter", "(~candidates + 1'b1)", "candidates"},
    {"round_robin_arbiter", "~(winner | (winner - 1'b1))", "~winner"},
    {"round_robin_arbiter", "~(winner | (winner - 1'b1))", "~(winner - 1'b1)"},
    {"round_robin_arbiter", "if (|winner)", "if (1'b1)"},
    {"round_robin_arbiter", "behind_winner <= {N{1'b1}}", "behind_winner <= behind_winner"},
    {"round_robin_arbiter", "grant_value <= winner", "grant_value <= winner | grant_value"},
    {"alu", "a + b", "a - b"},
    {"alu", "a - b", "b - a"},
    {"alu", "a & b", "a | b"},
    {"alu", "a | b", "a ^ b"},
    {"alu", "a ^ b", "a | b"},
    {"alu", "$signed(a) < $signed(b)", "a < b"},
    {"alu", "$signed(a) < $signed(b)", "$signed(a) <= $signed(b)"},
    {"alu", "a << b", "a << (b & 8'd7)"},
    {"alu", "a >> b", "$signed(a) >>> b"},
    {"alu", "(result_value == {WIDTH{1'b0}})", "(result_value[6:0] == 7'd0)"},
    {"uart_tx", "LAST_BIT = FRAME_BITS - 1", "LAST_BIT = FRAME_BITS - 2"},
    {"uart_tx", "LAST_CLOCK = CLOCKS_PER_BIT - 1", "LAST_CLOCK = CLOCKS_PER_BIT - 2"},
    {"uart_tx", "{data, 1'b0}", "{~data, 1'b0}"},
    {"uart_tx", "{data, 1'b0}", "{data, 1'b1}"},
    {"uart_tx", "{1'b1, frame[", "{1'b0, frame["},
    {"uart_tx", "frame <= {SHIFT_BITS{1'b1}}", "frame <= {SHIFT_BITS{1'b0}}"},
    {"uart_tx", "if (!active) begin", "if (!active || start) begin"},
    {"edge_detector", "in & ~last_value", "in | ~last_value"},
    {"edge_detector", "in & ~last_value", "in"},
    {"edge_detector", "~in & last_value", "in & last_value"},
    {"edge_detector", "last_value <= in", "last_value <= ~in"},
    {"edge_detector", "assign rise = rise_value", "assign rise = in & ~last_value"},
    {"edge_detector", "{WIDTH{1'b0}}", "{WIDTH{1'b1}}"},
    {"gray_counter", "next_binary >> 1", "next_binary >> 2"},
    {"gray_counter", "next_binary ^ ", "binary_value ^ "},
    {"gray_counter", "binary_value + 1'b1", "binary_value - 1'b1"},
    {"gray_counter", "if (en)", "if (1'b1)"},
    {"gray_counter", "gray_value <= {WIDTH{1'b0}}", "gray_value <= gray_value"},
    {"gray_counter", "@(posedge clk)", "@(posedge clk or posedge rst)"},
};

const std::vector<std::string> kShapes = {
    // Up and down within a range, loadable, clearable, with a terminal count.
    ("A counter `c1` that counts from 3 to 11, up if up is 1 and down if up is 0. Asynchronous "
     "active-low reset.\n"
     "- input clk\n- input rst_n\n- input clear\n- input load\n- input d (4 bits)\n- input en\n- "
     "input up\n"
     "- output q (4 bits)\n- output tc\n"),
    ("A 1-bit counter `c2`, counting down, synchronous reset to all ones.\n- input clk\n- input "
     "rst\n- output q\n"),
    ("A 40-bit up counter `c3` with load. Asynchronous active-high reset.\n- input clk\n- input "
     "rst\n- input load\n"
     "- input [39:0] d\n- output [39:0] q\n- output tc\n"),
    // Resets and loads at once, with a reset that acts without a clock.
    ("A 64-bit shift register `s5`, shifting left, with parallel load. Asynchronous active-high "
     "reset.\n"
     "- input clk\n- input rst\n- input load\n- input [63:0] d\n- input serial_in\n- output "
     "[63:0] q\n"),
    ("Shift register `s1`; left when dir is 1, right when dir is 0. Parallel load. Active-low "
     "synchronous reset.\n"
     "- input clk\n- input rst_n\n- input dir\n- input load\n- input [1:0] d\n- input serial_in\n- "
     "output [1:0] q\n"),
    ("An active-low enable: shift register `s2`, shifting right, no reset.\n- input clk\n- input "
     "en_n\n- input sin\n"
     "- output sout\n- output [63:0] q\n"),
    ("A FIFO `f1`, depth of 5, first-word fall-through. It is almost empty at 2. Asynchronous "
     "active-high reset.\n"
     "- input clk\n- input rst\n- input push\n- input [2:0] din\n- input pop\n- output [2:0] "
     "dout\n- output empty\n"
     "- output full\n- output almost_empty\n- output [2:0] count\n"),
    ("A FIFO `f2` of 2 words, registered read. Synchronous reset.\n- input clk\n- input rst\n- "
     "input push\n"
     "- input din\n- input pop\n- output dout\n- output empty\n- output full\n"),
    ("A round-robin arbiter `r1`, combinational grant. Asynchronous active-low reset.\n- input "
     "clk\n- input rst_n\n"
     "- input en\n- input [6:0] req\n- output [6:0] grant\n- output valid\n- output [2:0] index\n"),
    ("A round-robin arbiter `r2`, registered. Synchronous reset.\n- input clk\n- input rst\n- "
     "input "
     "[1:0] req\n"
     "- output [1:0] grant\n- output index\n"),
    ("An ALU `a1`.\n- input [4:0] a\n- input [4:0] b\n- input [3:0] op\n- output [4:0] y\n- output "
     "zero\n"
     "- output negative\n- output carry\n- output overflow\n\n0: add\n1: subtract\n2: and\n3: "
     "or\n4: xor\n5: nor\n"
     "6: nand\n7: xnor\n8: not a\n9: set less than signed\n10: set less than unsigned\n11: shift "
     "left\n"
     "12: shift right\n13: arithmetic shift right\n14: increment\n15: decrement\n"),
    ("A UART transmitter `u1`: 7 data bits, even parity, 2 stop bits, 1 clock cycle per bit. "
     "Asynchronous active-low reset.\n"
     "- input clk\n- input rst_n\n- input start\n- input [6:0] data\n- output tx\n- output busy\n- "
     "output ready\n- output done\n"),
    ("Edge detector `e1` for any edge, rising edges and falling edges, combinational. Asynchronous "
     "active-low reset.\n"
     "- input clk\n- input rst_n\n- input [8:0] in\n- output [8:0] rise\n- output [8:0] fall\n- "
     "output [8:0] any\n"),
    ("A Gray code counter `g1`. Asynchronous active-low reset.\n- input clk\n- input rst_n\n- "
     "output [1:0] gray\n- output [1:0] bin\n"),
};

/// A mutant of the design that a text asks for.
struct ShapeMutant {
    const char* text;
    const char* from;
    const char* to;
};

constexpr const char* kLoadable =
    "An 8-bit up counter `c4`. Synchronous reset.\n- input clk\n- input rst\n- input clear\n"
    "- input load\n- input [7:0] d\n- input en\n- output [7:0] q\n";
constexpr const char* kModulo =
    "A modulo 10000 counter `c5`, 14 bits wide, counting up. Synchronous reset.\n- input clk\n"
    "- input rst\n- input en\n- output [13:0] q\n";
constexpr const char* kDeep =
    "A FIFO `f3`, depth of 4096 words, registered read. Synchronous reset.\n- input clk\n"
    "- input rst\n- input wr_en\n- input [7:0] din\n- input rd_en\n- output [7:0] dout\n"
    "- output empty\n- output full\n";
constexpr const char* kGray11 =
    "A Gray code counter `g2`. Asynchronous active-low reset.\n- input clk\n- input rst_n\n"
    "- output [10:0] gray\n";
constexpr const char* kGray16 =
    "A Gray code counter `g3`. Synchronous reset.\n- input clk\n- input rst\n- input en\n"
    "- output [15:0] gray\n";
constexpr const char* kShiftLoad =
    "Shift register `s3`, shifting left, with parallel load. Synchronous reset.\n- input clk\n"
    "- input rst\n- input load\n- input [7:0] d\n- input serial_in\n- output [7:0] q\n";
constexpr const char* kAlu32 =
    "An ALU `a2`.\n- input [31:0] a\n- input [31:0] b\n- input op\n- output [31:0] y\n\n"
    "0: shift left\n1: shift right\n";
constexpr ShapeMutant kShapeMutants[] = {
    {kLoadable, "if (rst)", "if (rst && !load)"},
    {kLoadable, "if (clear)", "if (clear && !load)"},
    {kLoadable, "if (load)", "if (load && !en)"},
    {kModulo, "if (rst)", "if (rst && !en)"},
    {kModulo, "LAST = 9999", "LAST = 9998"},
    {kModulo, "(count_value == LAST[WIDTH-1:0])", "(1'b0)"},
    {kModulo, "assign q = count_value", "assign q = count_value & 14'h1fff"},
    {kDeep, "wr_en && !is_full", "wr_en"},
    {kDeep, "is_full = (", "is_full = 1'b0 & ("},
    {kDeep, "LAST_ADDRESS = DEPTH - 1", "LAST_ADDRESS = DEPTH - 2"},
    {kGray11, "assign gray = gray_value", "assign gray = gray_value & 11'h3ff"},
    {kGray16, "assign gray = gray_value", "assign gray = gray_value & 16'h7fff"},
    {kGray16, "assign gray = gray_value", "assign gray = gray_value & 16'h1fff"},
    {kGray16, "if (rst)", "if (rst && !en)"},
    {kShiftLoad, "if (rst)", "if (rst && !load)"},
    {kAlu32, "a << b", "a << b[3:0]"},
    {kAlu32, "a << b", "a << b[4:0]"},
    {kAlu32, "a >> b", "a >> b[3:0]"},
};

}  // namespace

TEST_CASE("every design passes its testbench on Icarus") {
    const auto machine = test::machine_with("icarus");
    if (!machine) SKIP_VISIBLY("no jail or no Icarus");
    const Library library = test::open_library();
    for (const std::string& name : library.names()) {
        CAPTURE(name);
        const LibraryAnswer answer = test::answer_of(library, *library.spec(name));
        CHECK(test::verdict_line(*machine, "icarus", answer).starts_with("PASS: "));
    }
}

TEST_CASE("every design passes its testbench on Verilator") {
    const auto machine = test::machine_with("verilator");
    if (!machine) SKIP_VISIBLY("no jail or no Verilator");
    const Library library = test::open_library();
    for (const std::string& name : library.names()) {
        CAPTURE(name);
        const LibraryAnswer answer = test::answer_of(library, *library.spec(name));
        CHECK(test::verdict_line(*machine, "verilator", answer).starts_with("PASS: "));
    }
}

TEST_CASE("options, optional ports and extreme sizes pass their testbenches") {
    const auto machine = test::machine_with("icarus");
    if (!machine) SKIP_VISIBLY("no jail or no Icarus");
    const Library library = test::open_library();
    for (const std::string& text : kShapes) {
        CAPTURE(text);
        const LibraryAnswer answer = test::answer_of(library, text);
        CHECK(test::verdict_line(*machine, "icarus", answer).starts_with("PASS: "));
    }
}

TEST_CASE("no front end has a warning for a design of the library") {
    const auto machine = test::machine_with("icarus");
    if (!machine) SKIP_VISIBLY("no jail or no Icarus");
    const Library library = test::open_library();
    std::vector<std::string> texts = kShapes;
    for (const std::string& name : library.names()) texts.push_back(*library.spec(name));
    for (const std::string& text : texts) {
        const LibraryAnswer answer = test::answer_of(library, text);
        SourceSet set;
        set.files.push_back({answer.top + ".v", {}, answer.code});
        set.top = answer.top;
        for (const tools::FrontEnd& row : tools::front_ends()) {
            const tools::Tool* tool = machine->toolset.find(row.kind);
            if (tool == nullptr || !row.usable(*tool)) continue;
            CAPTURE(answer.top, row.name);
            const auto result = tools::read_design(row, *tool, set, *machine->runner, {});
            REQUIRE(result);
            CHECK(result->accepted);
            for (const Finding& finding : result->findings) {
                INFO(format_finding(finding));
                CHECK(finding.severity == Severity::Note);
            }
        }
    }
}

TEST_CASE("testbenches kill broken designs") {
    const auto machine = test::machine_with("icarus");
    if (!machine) SKIP_VISIBLY("no jail or no Icarus");
    const Library library = test::open_library();
    int killed = 0;
    int all = 0;
    for (const Mutant& mutant : kMutants) {
        CAPTURE(mutant.design, mutant.from, mutant.to);
        LibraryAnswer answer = test::answer_of(library, *library.spec(mutant.design));
        const std::size_t at = answer.code.find(mutant.from);
        REQUIRE(at != std::string::npos);
        answer.code.replace(at, std::string(mutant.from).size(), mutant.to);
        const std::string line = test::verdict_line(*machine, "icarus", answer);
        CHECK(line.starts_with("FAIL: "));
        if (line.starts_with("FAIL: ")) ++killed;
        ++all;
    }
    std::cout << killed << " of " << all << " mutants are killed\n";
}

TEST_CASE("testbenches kill broken designs of other shapes") {
    const auto machine = test::machine_with("icarus");
    if (!machine) SKIP_VISIBLY("no jail or no Icarus");
    const Library library = test::open_library();
    for (const ShapeMutant& mutant : kShapeMutants) {
        CAPTURE(mutant.text, mutant.from, mutant.to);
        LibraryAnswer answer = test::answer_of(library, mutant.text);
        const std::size_t at = answer.code.find(mutant.from);
        CAPTURE(answer.code);
        REQUIRE(at != std::string::npos);
        answer.code.replace(at, std::string(mutant.from).size(), mutant.to);
        CHECK(test::verdict_line(*machine, "icarus", answer).starts_with("FAIL: "));
    }
}

TEST_CASE("a counter of twenty bits is taken round once") {
    const auto machine = test::machine_with("icarus");
    if (!machine) SKIP_VISIBLY("no jail or no Icarus");
    const Library library = test::open_library();
    const LibraryAnswer answer =
        test::answer_of(library,
                        "A 20-bit up counter `c6`. Synchronous reset.\n- input clk\n- input rst\n"
                        "- output [19:0] q\n");
    const std::string line = test::verdict_line(*machine, "icarus", answer);
    CAPTURE(line);
    CHECK(line.starts_with("PASS: 21"));
}

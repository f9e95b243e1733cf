// SPDX-License-Identifier: Apache-2.0
#include "tests/mutants/code_mutants.h"

#include <algorithm>
#include <map>

#include "tests/catch.h"

using namespace rtlgen::test;

namespace {

const std::string kCounter =
    "module m(input clk, input rst, input [3:0] d, output reg [3:0] q, output y);\n"
    "  reg [1:0] state;\n"
    "  always @(posedge clk or posedge rst)\n"
    "    if (rst) q <= 4'b1010;\n"
    "    else if (d[0] && d[1]) q <= d + 4'd3;\n"
    "  always @(*) begin\n"
    "    case (q)\n"
    "      4'd0: state = 1;\n"
    "      4'd1: state = 2;\n"
    "      default: state = 0;\n"
    "    endcase\n"
    "  end\n"
    "  assign y = state < 2 ? d[2] : {d[1], d[0]} == 1;\n"
    "endmodule\n";

/// Whether a mutant of the operation holds the text.
bool has(const std::string& operation, const std::string& text) {
    return std::ranges::any_of(code_mutants(kCounter, 1'000), [&](const CodeMutant& mutant) {
        return mutant.operation == operation && mutant.code.find(text) != std::string::npos;
    });
}

}  // namespace

TEST_CASE("mutants are of each operation") {
    struct Row {
        const char* operation;
        const char* text;
    };
    const std::vector<Row> rows = {
        {"edge", "@(negedge clk"},
        {"events", "@(posedge clk )"},
        {"events", "@( posedge rst)"},
        {"condition", "if (!(rst))"},
        {"condition", "if (1'b0) q"},
        {"priority", "if (d[0] && d[1]) q <= d + 4'd3; else if (rst) q <= 4'b1010;"},
        {"dropped operand", "if (d[0] ) q"},
        {"dropped branch", "q <= 4'b1010;\n    \n"},
        {"dropped assignment", "if (rst) ;"},
        {"dropped assignment", "4'd0: ;"},
        {"dropped case", "case (q)\n      \n      4'd1"},
        {"swapped cases", "4'd1: state = 1;"},
        {"constant", "q <= 4'b0010"},
        {"constant", "q <= 4'b1011"},
        {"operator", "q <= d - 4'd3"},
        {"operator", "state <= 2 ?"},
        {"off by one", "q <= (d + 4'd3) + 1'b1"},
        {"stuck bit", "q <= (d + 4'd3) & ~1'b1"},
        {"inverted", "q <= ~(d + 4'd3)"},
        {"blocking", "q = d + 4'd3"},
        {"blocking", "state <= 2"},
        {"width", "reg [1-1:0] state"},
        {"swapped branches", "? ({d[1], d[0]} == 1) : (d[2])"},
        {"concatenation", "{d[0], d[1]}"},
        {"index", "d[(2) + 1]"},
        {"sensitivity", "@(q) begin"},
        {"name", "q <= q + 4'd3"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.operation, row.text);
        CHECK(has(row.operation, row.text));
    }
}

TEST_CASE("mutants are different texts, and few of them are of all operations alike") {
    const auto all = code_mutants(kCounter, 1'000);
    std::map<std::string, int> of_operation;
    for (const CodeMutant& mutant : all) {
        CHECK(mutant.code != kCounter);
        ++of_operation[mutant.operation];
    }
    const auto few = code_mutants(kCounter, of_operation.size());
    std::map<std::string, int> of_few;
    for (const CodeMutant& mutant : few) ++of_few[mutant.operation];
    CHECK(few.size() == of_operation.size());
    CHECK(of_few.size() == of_operation.size());
}

TEST_CASE("a broken text has mutants or none, but nothing happens to it") {
    for (std::size_t length = 0; length < kCounter.size(); ++length) {
        (void)code_mutants(kCounter.substr(0, length), 50);
        (void)code_mutants(kCounter.substr(length), 50);
    }
}

// SPDX-License-Identifier: Apache-2.0
// Designs that drive their inputs: where these are nets of the testbench, the reference sees other
// values too.
#include "tests/catch.h"
#include "tests/unit/verify/judge_machine.h"

using namespace rtlgen;
using namespace rtlgen::verify;

namespace {

constexpr const char* kBench = R"(module Good(input a, output y);
assign y = a;
endmodule
module Gives(output reg a);
initial a = 0;
always #1 a = ~a;
endmodule
module tb;
wire a, y, wanted;
integer errors = 0, samples = 0;
Gives gives(.a(a));
Good good(.a(a), .y(wanted));
top dut(.a(a), .y(y));
initial begin
  repeat (20) begin
    #1 samples = samples + 1;
    if (y !== wanted) errors = errors + 1;
  end
  $display("Mismatches: %0d in %0d samples", errors, samples);
  $finish;
end
endmodule
)";

Result<Verdict> judge(test::JudgeMachine& machine, const std::string& body) {
    JudgeRequest request;
    request.trust = Trust::Candidate;
    request.simulator = SimulatorChoice::Icarus;
    request.candidate.files = {
        {"top.v", {}, "module top(input a, output y);\n" + body + "\nendmodule\n"}};
    request.candidate.top = "top";
    request.testbench.emplace();
    request.testbench->files = {{"tb.v", {}, kBench}};
    return verify::judge(request, machine.tools(), {});
}

}  // namespace

TEST_CASE("a candidate that drives its input is forbidden, whatever the testbench says") {
    auto machine = test::open_judge_machine();
    if (!machine || !machine->has(tools::ToolKind::Icarus)) {
        SKIP_VISIBLY("iverilog is not installed");
    }
    const auto honest = judge(*machine, "assign y = a;");
    REQUIRE(honest);
    CHECK(honest->outcome == Outcome::Pass);
    for (const char* body : {"assign y = 1'b0;\nassign (supply1, supply0) a = 1'b0;",
                             "assign y = 1'bx;\nassign a = 1'bx;",
                             "supply0 s;\nassign y = 1'b0;\nbuf (supply1, supply0) (a, s);"}) {
        INFO(body);
        const auto verdict = judge(*machine, body);
        REQUIRE(verdict);
        CHECK(verdict->outcome == Outcome::Fail);
        CHECK(verdict->verdict_class == VerdictClass::Forbidden);
    }
}

// SPDX-License-Identifier: Apache-2.0
#include "verify/simulate.h"

#include "tests/catch.h"
#include "tests/unit/verify/judge_machine.h"

using namespace rtlgen;
using namespace rtlgen::verify;

TEST_CASE("Icarus has all the time for a testbench that Verilator refuses") {
    auto machine = test::open_judge_machine();
    if (!machine || !machine->has(tools::ToolKind::Icarus) ||
        !machine->has(tools::ToolKind::Verilator)) {
        SKIP_VISIBLY("iverilog or verilator is not installed");
    }
    SourceSet design;
    design.files = {{"dut.v", {}, "module dut(input a, output y); assign y = a; endmodule\n"}};
    design.top = "dut";
    SourceSet reference = design;
    reference.files[0] = {"ref.v", {}, "module good(input a, output y); assign y = a; endmodule\n"};
    reference.top = "good";
    SourceSet bench;
    bench.files = {{"tb.v", {}, R"(module tb;
reg a = 0; wire y, p, q; reg en = 1; integer i, bad = 0;
dut u(.a(a), .y(y));
tranif1 (p, q, en);
initial begin
  for (i = 0; i < 1500000; i = i + 1) begin a = ~a; #1 if (y !== a) bad = bad + 1; end
  $display("Mismatches: %0d in %0d samples", bad, i);
  $finish;
end
endmodule
)"}};
    const SourceSet* const references[] = {nullptr, &reference};
    for (const SourceSet* with : references) {
        SimulateRequest request{.design = design, .testbench = bench, .reference = with};
        request.design_top = "dut";
        request.limits.wall = std::chrono::seconds(60);
        request.first_share = std::chrono::milliseconds(200);
        const auto result = simulate_design(request, machine->tools(), {});
        REQUIRE(result);
        INFO(result->check.reason);
        CHECK(result->check.outcome == Outcome::Pass);
        CHECK(result->evidence.samples == 1500000);
    }
}

TEST_CASE(
    "a design that eats all memory fails where the reference doesn't, else nothing is known") {
    auto machine = test::open_judge_machine();
    if (!machine || !machine->has(tools::ToolKind::Icarus)) {
        SKIP_VISIBLY("iverilog is not installed");
    }
    SourceSet design;
    design.files = {{"dut.sv", {}, R"(module dut(input a, output y);
assign y = a;
int unsigned eaten[$];
initial forever eaten.push_back(1);
endmodule
)"}};
    design.top = "dut";
    SourceSet reference;
    reference.files = {{"ref.v", {}, "module good(input a, output y); assign y = a; endmodule\n"}};
    reference.top = "good";
    SourceSet bench;
    bench.files = {{"tb.v", {}, R"(module tb;
reg a = 0; wire y;
dut u(.a(a), .y(y));
initial begin
  #1 $display("Mismatches: %0d in 1 samples", y !== a);
  $finish;
end
endmodule
)"}};
    struct Row {
        const SourceSet* reference;
        Outcome outcome;
    };
    for (const auto& [with, outcome] :
         {Row{nullptr, Outcome::Unknown}, Row{&reference, Outcome::Fail}}) {
        SimulateRequest request{.design = design, .testbench = bench, .reference = with};
        request.design_top = "dut";
        request.simulator = SimulatorChoice::Icarus;
        request.limits.wall = std::chrono::seconds(120);
        request.limits.memory = mebibytes(256);
        const auto result = simulate_design(request, machine->tools(), {});
        REQUIRE(result);
        INFO(result->check.reason);
        CHECK(result->check.outcome == outcome);
        CHECK(result->check.verdict_class == VerdictClass::ResourceLimit);
    }
}

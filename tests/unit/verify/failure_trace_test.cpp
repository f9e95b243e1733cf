// SPDX-License-Identifier: Apache-2.0
#include "verify/failure_trace.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/domain/failure_trace_json.h"
#include "tests/catch.h"
#include "tests/unit/verify/judge_machine.h"
#include "verify/waveform.h"

#include <nlohmann/json.hpp>

using namespace rtlgen;
using namespace rtlgen::verify;

namespace {

constexpr const char* kCounter = R"(module counter(input clk, input rst, input en, output [3:0] q);
    reg [3:0] value;
    assign q = value;
    always @(posedge clk) begin
        if (rst) value <= 4'd0;
        else if (en) value <= value + 4'd2;
    end
endmodule
)";

constexpr const char* kBench = R"(`timescale 1ns/1ps
module tb;
    reg clk = 0, rst = 1, en = 0;
    wire [3:0] q;
    reg [3:0] model = 0;
    integer errors = 0;
    counter dut(.clk(clk), .rst(rst), .en(en), .q(q));
    always #5 clk = !clk;
    initial begin
        repeat (3) @(negedge clk);
        rst = 0;
        en = 1;
        repeat (20) begin
            @(posedge clk);
            model = model + 1;
            #1 if (q !== model) begin
                errors = errors + 1;
                REPORT
            end
        end
        if (errors == 0) $display("PASS: 20 checks"); else $display("FAIL");
        $finish;
    end
endmodule // the end
)";

SourceSet set_of(const std::string& path, const std::string& text, const std::string& top) {
    SourceSet set;
    set.files = {{path, {}, text}};
    set.top = top;
    return set;
}

/// The trace of the counter that counts by two, with a testbench that reports by `report`.
FailureTrace trace_of(const test::JudgeMachine& machine, const std::string& report,
                      SimulatorChoice simulator = SimulatorChoice::Icarus) {
    JudgeRequest request;
    request.candidate = set_of("candidate.sv", kCounter, "counter");
    request.testbench = set_of("tb.sv", replace_all(kBench, "REPORT", report), "tb");
    request.simulator = simulator;
    request.trace = JudgeRequest::Trace::Yes;
    const auto verdict = judge(request, machine.tools(), {});
    REQUIRE(verdict);
    CHECK(verdict->verdict_class == VerdictClass::Mismatch);
    REQUIRE(verdict->failure_trace);
    return *verdict->failure_trace;
}

void check_counter(const FailureTrace& trace) {
    CHECK(trace.signal == "q");
    CHECK(trace.time == "36000 ps");
    CHECK(trace.cycle == 4);
    CHECK(trace.clock == "clk");
    REQUIRE(trace.rows.size() == 5);
    std::vector<std::string> names;
    for (const TracedSignal& signal : trace.signals) names.push_back(signal.name);
    REQUIRE(names == std::vector<std::string>{"rst", "en", "value", "q"});
    CHECK(trace.signals[2].role == SignalRole::Register);
    CHECK(trace.rows[3] == TraceRow{35000, 4, {"1'b0", "1'b1", "4'h0", "4'h0"}});
    CHECK(trace.rows[4] == TraceRow{36000, 4, {"1'b0", "1'b1", "4'h2", "4'h2"}});
    const auto is_driver = [&](int line) {
        return std::ranges::find(trace.drivers, line, &DrivingLine::line) != trace.drivers.end();
    };
    for (const int line : {3, 4, 5, 6}) CHECK(is_driver(line));
}

constexpr const char* kTold =
    "$display(\"FAIL: q expected %0h got %0h at time %0t\", model, q, $time); $fatal(1);";

}  // namespace

TEST_CASE("a failing run gives signal, time, cycle, values and the driving lines") {
    const auto machine = test::open_judge_machine();
    if (!machine || !machine->has(tools::ToolKind::Icarus)) SKIP_VISIBLY("no jail or no Icarus");
    if (!machine->has(tools::ToolKind::Yosys)) SKIP_VISIBLY("no Yosys");
    const FailureTrace trace = trace_of(*machine, kTold);
    check_counter(trace);
    CHECK(trace.expected == "1");
    CHECK(trace.got == "2");
    CHECK(contains(trace.values_from, "icarus "));
    CHECK(contains(trace.drivers_from, "yosys "));
    CHECK(failure_trace_from_json(to_json(trace)) == trace);
}

TEST_CASE("Verilator's dump gives the same") {
    const auto machine = test::open_judge_machine();
    if (!machine || !machine->has(tools::ToolKind::Verilator) ||
        !machine->has(tools::ToolKind::Cxx)) {
        SKIP_VISIBLY("no jail, no Verilator or no C++ compiler");
    }
    if (!machine->has(tools::ToolKind::Yosys)) SKIP_VISIBLY("no Yosys");
    check_counter(trace_of(*machine,
                           std::string("$display(\"FAIL: q expected %0h got %0h at time ") +
                               "%0d\", model, q, $time); $finish;",
                           SimulatorChoice::Verilator));
}

TEST_CASE("a testbench that only counts errors has its first one found") {
    const auto machine = test::open_judge_machine();
    if (!machine || !machine->has(tools::ToolKind::Icarus)) SKIP_VISIBLY("no jail or no Icarus");
    const FailureTrace trace = trace_of(*machine, "");
    CHECK(trace.signal.empty());
    CHECK(trace.time == "36000 ps");
    CHECK(trace.cycle == 4);
    REQUIRE(trace.rows.size() == 5);
    CHECK(trace.rows.back().values.back() == "4'h2");
}

TEST_CASE("a testbench with a dump of its own keeps it, and the design is in it") {
    const auto machine = test::open_judge_machine();
    if (!machine || !machine->has(tools::ToolKind::Icarus)) SKIP_VISIBLY("no jail or no Icarus");
    const FailureTrace trace =
        trace_of(*machine, std::string(kTold) +
                               " end if (0) begin $dumpfile(\"mine.vcd\"); $dumpvars(1, tb);");
    CHECK(trace.rows.size() == 5);
}

TEST_CASE("no trace is made unasked, and none of a pass") {
    const auto machine = test::open_judge_machine();
    if (!machine || !machine->has(tools::ToolKind::Icarus)) SKIP_VISIBLY("no jail or no Icarus");
    JudgeRequest request;
    request.candidate = set_of("candidate.sv", kCounter, "counter");
    request.testbench = set_of("tb.sv", replace_all(kBench, "REPORT", kTold), "tb");
    CHECK_FALSE(judge(request, machine->tools(), {})->failure_trace);
    request.trace = JudgeRequest::Trace::Yes;
    request.candidate.files[0].text = replace_all(kCounter, "4'd2", "4'd1");
    const auto verdict = judge(request, machine->tools(), {});
    CHECK(verdict->outcome == Outcome::Pass);
    CHECK_FALSE(verdict->failure_trace);
}

TEST_CASE("a dump is added at the end of the testbench, and lines keep their numbers") {
    const SourceSet set = set_of("tb.sv", "module tb;\n  m dut();\n  // words\nendmodule\n", "tb");
    const SourceSet dumped = with_dump(set, {"dut", "", "tb"}, "x.vcd");
    CHECK(contains(dumped.files[0].text,
                   "// words\ninitial begin $dumplimit(33554432); $dumpfile(\"x.vcd\"); "
                   "$dumpvars(1, tb); $dumpvars(0, tb.dut); end endmodule\n"));
    CHECK_FALSE(contains(with_dump(set, {"dut", "", "tb"}, "").files[0].text, "$dumpfile"));
    CHECK(with_dump(set, {"dut", "", "other"}, "x.vcd") == set);
}

TEST_CASE("a dump that ends before the mismatch, or lacks the design, says so") {
    const std::string dump =
        "$timescale 1ns $end\n$scope module tb $end\n$scope module dut $end\n"
        "$var wire 1 ! q $end\n$upscope $end\n$upscope $end\n$enddefinitions "
        "$end\n#0\n0!\n#10\n1!\n";
    ModuleHeader ports;
    ports.ports = {{"q", PortDirection::Output, 1, "", false}};
    MismatchFacts facts;
    facts.mismatch.time = "5000";
    facts.mismatch.signal = "q";
    auto trace = read_failure(dump, {"dut", "", "tb"}, ports, {}, facts);
    REQUIRE(trace);
    CHECK(trace->values_from == "no values: the dump ends at 10 ns, before the mismatch");
    CHECK(trace->rows.empty());
    facts.mismatch.time = "10";
    trace = read_failure(dump, {"u1", "", "tb"}, ports, {}, facts);
    CHECK(contains(trace->values_from, "doesn't hold the design's ports"));
    trace = read_failure(dump, {"dut", "", "tb"}, ports, {}, facts);
    CHECK(trace->rows.back().values == std::vector<std::string>{"1'b1"});
    CHECK(trace->rows.size() == 1);
    CHECK_FALSE(read_failure("no dump", {"dut", "", "tb"}, ports, {}, facts));
}

TEST_CASE("the failing output is named by the mismatch, or by a word of the testbench's line") {
    ModuleHeader ports;
    ports.ports = {{"a", PortDirection::Input, 1, "", false},
                   {"q", PortDirection::Output, 1, "", false},
                   {"full", PortDirection::Output, 1, "", false}};
    CHECK(failing_output(
              ports, {{"", std::nullopt, "q", "", "", std::nullopt, std::nullopt}, "full", ""}) ==
          "q");
    // An output that the design has made an input.
    MismatchFacts turned;
    turned.mismatch.signal = "a";
    CHECK(failing_output(ports, turned) == "a");
    CHECK(failing_output(ports, {{}, "FAIL: a is 1, full expected 1", ""}) == "full");
    CHECK(failing_output(ports, {{}, "FAIL: fully.q2 wrong", ""}).empty());
}

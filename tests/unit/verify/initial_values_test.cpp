// SPDX-License-Identifier: Apache-2.0
// What registers begin with: unknown on Icarus, random on Verilator, and what two simulators that
// don't agree say of a design.
#include "tests/catch.h"
#include "tests/unit/verify/judge_machine.h"
#include "verify/reference/reference_check.h"

using namespace rtlgen;
using namespace rtlgen::verify;

namespace {

SourceSet module_of(const std::string& name, const std::string& body) {
    SourceSet set;
    set.files = {{name + ".sv",
                  {},
                  "module " + name + "(input clk, input d, output reg [7:0] q);\n" + body +
                      "\nendmodule\n"}};
    set.top = name;
    return set;
}

Check judged(const test::JudgeMachine& machine, SimulatorChoice simulator,
             const std::string& reference, const std::string& design) {
    const SourceSet good = module_of("good", reference);
    const SourceSet dut = module_of("dut", design);
    auto result = check_against_reference(
        {.design = dut, .reference = good, .simulator = simulator, .limits = {}, .seed = "1"},
        machine.tools(), {});
    if (!result) return {"error", Outcome::ToolError, {}, result.error().text(), {}, {}, {}};
    return result->check;
}

std::optional<test::JudgeMachine> machine_with_both() {
    auto machine = test::open_judge_machine();
    const bool usable = machine && machine->has(tools::ToolKind::Icarus) &&
                        machine->has(tools::ToolKind::Verilator) &&
                        machine->has(tools::ToolKind::Cxx) && machine->has(tools::ToolKind::Yosys);
    return usable ? std::move(machine) : std::nullopt;
}

const std::string kShift = "always @(posedge clk) q <= {q[6:0], d};";

}  // namespace

TEST_CASE("what a reference leaves open before its first assignment matters on no simulator") {
    const auto machine = machine_with_both();
    if (!machine) SKIP_VISIBLY("no jail, Icarus, Verilator, C++ compiler or Yosys");
    for (const SimulatorChoice choice :
         {SimulatorChoice::Icarus, SimulatorChoice::Verilator, SimulatorChoice::Both}) {
        for (const char* begin : {"", "initial q = 8'h5a;\n"}) {
            const Check check = judged(*machine, choice, kShift, begin + kShift);
            CAPTURE(begin, check.reason);
            CHECK(check.outcome == Outcome::Pass);
        }
    }
}

TEST_CASE("a register without the reference's initial value fails on every simulator") {
    const auto machine = machine_with_both();
    if (!machine) SKIP_VISIBLY("no jail, Icarus, Verilator, C++ compiler or Yosys");
    const std::string count = "always @(posedge clk) q <= q + {7'd0, d};";
    for (const SimulatorChoice choice : {SimulatorChoice::Verilator, SimulatorChoice::Both}) {
        const Check check = judged(*machine, choice, "initial q = 0;\n" + count, count);
        CAPTURE(check.reason);
        CHECK(check.outcome == Outcome::Fail);
    }
}

TEST_CASE("a design that an unknown value favours is told by the other simulator") {
    const auto machine = machine_with_both();
    if (!machine) SKIP_VISIBLY("no jail, Icarus, Verilator, C++ compiler or Yosys");
    const std::string reference = "always @(posedge clk) q <= {7'd0, d};";
    // An unknown condition takes the else branch.
    const std::string design =
        "reg [7:0] s;\nalways @(posedge clk) if (s != 0) q <= 8'hff; else q <= {7'd0, d};";
    CHECK(judged(*machine, SimulatorChoice::Icarus, reference, design).outcome == Outcome::Pass);
    const Check both = judged(*machine, SimulatorChoice::Both, reference, design);
    CAPTURE(both.reason);
    CHECK(both.outcome == Outcome::Unknown);
    CHECK(both.verdict_class == VerdictClass::XDependence);
    CHECK(
        both.reason.starts_with("passes on icarus, fails on verilator with other initial values"));
}

TEST_CASE("a design that ends its run on one of two simulators has not passed") {
    const auto machine = machine_with_both();
    if (!machine) SKIP_VISIBLY("no jail, Icarus, Verilator, C++ compiler or Yosys");
    for (const char* tool : {"VERILATOR", "__ICARUS__"}) {
        const std::string split = "`ifdef " + std::string(tool) + "\ninitial $finish;\n`endif\n";
        const Check check = judged(*machine, SimulatorChoice::Both, kShift, split + kShift);
        CAPTURE(tool, check.reason);
        CHECK(check.outcome == Outcome::Unknown);
        CHECK(check.verdict_class == VerdictClass::NoProgress);
    }
}

TEST_CASE("unknown values that only a simulator's caution makes are no failure, and no pass") {
    const auto machine = machine_with_both();
    if (!machine) SKIP_VISIBLY("no jail, Icarus, Verilator, C++ compiler or Yosys");
    const std::string reference = "always @(posedge clk) q <= {8{d}};";
    const Check cautious = judged(*machine, SimulatorChoice::Auto, reference,
                                  "always @(posedge clk) q <= (q & {8{d}}) | (~q & {8{d}});");
    CAPTURE(cautious.reason);
    CHECK(cautious.outcome == Outcome::Unknown);
    CHECK(cautious.verdict_class == VerdictClass::XDependence);
    const Check wrong = judged(*machine, SimulatorChoice::Auto, reference,
                               "always @(posedge clk) q <= q & {8{d}};");
    CHECK(wrong.outcome == Outcome::Fail);
}

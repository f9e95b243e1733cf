// SPDX-License-Identifier: Apache-2.0
#include "verify/synthesizable.h"

#include "tests/catch.h"
#include "tests/unit/verify/judge_machine.h"

using namespace rtlgen;
using namespace rtlgen::verify;

namespace {

std::int64_t latches_in(const std::string& report) {
    const auto stat = tools::parse_stat(report);
    REQUIRE(stat);
    return count_latches(*stat);
}

/// The verdict with --require synth on a design of one module `top`.
Result<Verdict> judge(test::JudgeMachine& machine, const std::string& text, Trust trust) {
    JudgeRequest request;
    request.trust = trust;
    request.candidate.files = {{"top.v", {}, text}};
    request.candidate.top = "top";
    request.require = {"synth"};
    return verify::judge(request, machine.tools(), {});
}

/// Lets each job of that name end by `end`.
class AlteredRunner : public process::Runner {
public:
    AlteredRunner(process::Runner& runner, process::StepEnd end) : runner_(runner), end_(end) {}

    Result<process::JobResult> run(const process::JobSpec& job, std::stop_token stop) override {
        TRY_ASSIGN(process::JobResult result, runner_.run(job, std::move(stop)));
        if (job.name == "yosys-synthesizable") {
            result.outputs.clear();
            result.steps.back().end = end_;
            result.steps.back().signal = end_ == process::StepEnd::Signaled ? 11 : 0;
        }
        return result;
    }
    [[nodiscard]] process::IsolationLevel level() const override { return runner_.level(); }

private:
    process::Runner& runner_;
    process::StepEnd end_;
};

}  // namespace

TEST_CASE("a requirement of synthesis says what synth says") {
    auto machine = test::open_judge_machine();
    if (!machine || !machine->has(tools::ToolKind::Yosys)) SKIP_VISIBLY("yosys is not installed");
    const struct {
        std::string text;
        Outcome outcome;
    } table[] = {
        {"module top(input a, output y); assign y = a; endmodule\n", Outcome::Pass},
        {"module top(input a, b, output y); assign y = a & b; endmodule\n", Outcome::Pass},
        {"module top(input a, input b, output y);\nassign y = a;\nassign y = b;\nendmodule\n",
         Outcome::Fail},
        {"module top(input clk, a, b, output y, output reg q);\nassign y = a & b;\n"
         "assign y = a ^ b;\nalways @(posedge clk) q <= y;\nendmodule\n",
         Outcome::Fail},
    };
    for (const auto& row : table) {
        for (const Trust trust : {Trust::Own, Trust::Candidate}) {
            INFO(row.text);
            const auto verdict = judge(*machine, row.text, trust);
            REQUIRE(verdict);
            CHECK(verdict->outcome == row.outcome);
            const bool failed = verdict->verdict_class == VerdictClass::NotSynthesizable;
            CHECK(failed == (row.outcome == Outcome::Fail));
        }
    }
}

TEST_CASE("a top that says it is a black box has no netlist, and no tool is to blame") {
    auto machine = test::open_judge_machine();
    if (!machine || !machine->has(tools::ToolKind::Yosys)) SKIP_VISIBLY("yosys is not installed");
    const auto verdict = judge(*machine,
                               "(* blackbox *) module top(input en, input d, output reg q);\n"
                               "always @* if (en) q = d;\nendmodule\n",
                               Trust::Own);
    REQUIRE(verdict);
    CHECK(verdict->outcome == Outcome::Fail);
    CHECK(verdict->verdict_class == VerdictClass::NotSynthesizable);
}

TEST_CASE("a limit or a crash of Yosys is no proof that a design can't be synthesized") {
    auto machine = test::open_judge_machine();
    if (!machine || !machine->has(tools::ToolKind::Yosys)) SKIP_VISIBLY("yosys is not installed");
    SourceSet set;
    set.files = {{"top.v", {}, "module top(input a, output y); assign y = ~a; endmodule\n"}};
    set.top = "top";
    AlteredRunner limited(*machine->runner, process::StepEnd::WallLimit);
    const std::set<std::string> readers;
    const auto limit = check_synthesizable({set, readers}, machine->toolset, limited, {});
    REQUIRE(limit);
    CHECK(limit->check.outcome == Outcome::Unknown);
    CHECK(limit->check.verdict_class == VerdictClass::ResourceLimit);
    AlteredRunner crashing(*machine->runner, process::StepEnd::Signaled);
    const auto crash = check_synthesizable({set, readers}, machine->toolset, crashing, {});
    REQUIRE(crash);
    CHECK(crash->check.outcome == Outcome::ToolError);
}

TEST_CASE("latches are counted in both shapes of Yosys's statistics") {
    const std::string old = "=== top ===\n\n   Number of cells:                  7\n";
    CHECK(latches_in(old + "     $dlatch                         2\n     $dff   3\n") == 2);
    const std::string newer =
        "=== top ===\n\n        +----------Local Count, excluding submodules.\n";
    CHECK(latches_in(newer + "        5 cells\n        4   $dlatch\n        1   $and\n") == 4);
    CHECK(latches_in(old + "     $sr 1\n     $srl_thing 5\n     $_DLATCH_P_   1\n") == 2);
    CHECK(latches_in("=== top ===\n\n   Number of cells:   3\n") == 0);
}

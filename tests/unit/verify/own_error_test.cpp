// SPDX-License-Identifier: Apache-2.0
// A design that refuses its own parameters: $error and $fatal at elaboration (IEEE 1800-2017,
// clause 20.11).
#include "tests/catch.h"
#include "tests/unit/verify/judge_machine.h"

using namespace rtlgen;

namespace {

verify::JudgeRequest request_with(const std::string& task, const std::string& width) {
    verify::JudgeRequest request;
    request.trust = Trust::Own;
    request.candidate.files = {{"e.sv",
                                {},
                                "module e #(parameter W = 4) (input [W-1:0] a, output [W-1:0] y);\n"
                                "  assign y = ~a;\n  if (W == 4) begin : g_check\n    " +
                                    task + "\n  end\nendmodule\n"}};
    request.candidate.top = "e";
    request.candidate.parameters = {{"W", width}};
    return request;
}

}  // namespace

TEST_CASE("a design whose own elaboration task refuses its parameters does not pass") {
    const auto machine = test::open_judge_machine();
    if (!machine) SKIP_VISIBLY("no jail can be made here");
    if (!machine->has(tools::ToolKind::Verilator)) SKIP_VISIBLY("verilator is not installed");
    for (const std::string task : {R"($error("W must not be 4");)", R"($fatal(1, "no");)"}) {
        INFO(task);
        const auto refused = verify::judge(request_with(task, "4"), machine->tools(), {});
        REQUIRE(refused);
        CHECK(refused->outcome == Outcome::Fail);
        CHECK(refused->verdict_class == VerdictClass::Elaboration);
        const auto taken = verify::judge(request_with(task, "5"), machine->tools(), {});
        REQUIRE(taken);
        CHECK(taken->outcome == Outcome::Pass);
    }
    for (const std::string task : {R"($warning("W is 4");)", R"($info("W is 4");)"}) {
        INFO(task);
        const auto told = verify::judge(request_with(task, "4"), machine->tools(), {});
        REQUIRE(told);
        CHECK(told->outcome == Outcome::Pass);
    }
}

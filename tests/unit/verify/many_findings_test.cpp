// SPDX-License-Identifier: Apache-2.0
// Designs that make tools say more than anybody reads.
#include "tests/catch.h"
#include "tests/unit/verify/judge_machine.h"

using namespace rtlgen;
using namespace rtlgen::verify;

TEST_CASE("a verdict holds as many findings as somebody may read, and says that there are more") {
    auto machine = test::open_judge_machine();
    if (!machine || !machine->has(tools::ToolKind::Icarus)) {
        SKIP_VISIBLY("iverilog is not installed");
    }
    std::string text = "module top;\n";
    for (int i = 0; i < 2'000; ++i)
        text += "absent_" + std::to_string(i) + " u" + std::to_string(i) + "();\n";
    JudgeRequest request;
    request.trust = Trust::Candidate;
    request.candidate.files = {{"top.v", {}, text + "endmodule\n"}};
    request.candidate.top = "top";
    const auto verdict = verify::judge(request, machine->tools(), {});
    REQUIRE(verdict);
    CHECK(verdict->outcome == Outcome::Fail);
    REQUIRE(verdict->findings.size() == 501);
    CHECK(verdict->findings.back().rule == "judge/more");
}

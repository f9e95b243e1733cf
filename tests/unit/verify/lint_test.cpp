// SPDX-License-Identifier: Apache-2.0
#include "verify/lint.h"

#include <algorithm>

#include "tests/catch.h"
#include "tests/unit/verify/judge_machine.h"

using namespace rtlgen;
using namespace rtlgen::verify;

TEST_CASE("a candidate's own lint_off counts for nothing, a person's does") {
    auto machine = test::open_judge_machine();
    if (!machine || !machine->has(tools::ToolKind::Verilator)) {
        SKIP_VISIBLY("verilator is not installed");
    }
    for (const std::string off : {"// verilator lint_off", "/*verilator lint_off WIDTH */"}) {
        for (const Trust trust : {Trust::Candidate, Trust::Own}) {
            INFO(off);
            JudgeRequest request;
            request.trust = trust;
            request.candidate.files = {{"w.v",
                                        {},
                                        off + "\nmodule w(input [7:0] a, output [3:0] y);\n"
                                              "  assign y = a;\nendmodule\n"}};
            request.candidate.top = "w";
            request.require = {"lint"};
            const auto verdict = judge(request, machine->tools(), {});
            REQUIRE(verdict);
            const bool width_is_told =
                std::ranges::any_of(verdict->findings, [](const Finding& finding) {
                    return finding.rule.find("WIDTH") != std::string::npos;
                });
            // Verilator asks for a rule.
            if (trust == Trust::Own && off.starts_with("//")) continue;
            CHECK(width_is_told == (trust == Trust::Candidate));
            if (trust == Trust::Candidate) CHECK(verdict->verdict_class == VerdictClass::Lint);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
#include "cli/workflow/judging.h"

#include <utility>

#include "core/rtl/code_extraction.h"
#include "core/rtl/source_order.h"

namespace rtlgen::workflow {

std::optional<Verdict> take_candidate(store::Attempt& attempt, const Spec& spec) {
    const rtl::Extraction extraction =
        rtl::extract_code({attempt.completion->text, spec.interface_text, spec.top,
                           std::string(llm::to_string(attempt.completion->finish_reason))});
    attempt.candidate_code = extraction.code;
    if (extraction.verdict_class == VerdictClass::None) return std::nullopt;
    Check check;
    check.name = "gate";
    check.outcome = Outcome::Fail;
    check.verdict_class = extraction.verdict_class;
    check.reason = extraction.problems.empty() ? "the answer holds no Verilog module"
                                               : extraction.problems.front();
    Verdict verdict;
    verdict.outcome = Outcome::Fail;
    verdict.verdict_class = extraction.verdict_class;
    verdict.candidate.origin = attempt.completion->origin;
    verdict.checks.push_back(std::move(check));
    return verdict;
}

verify::JudgeRequest judge_request_of(const Problem& problem, const verify::JudgeRequest& common,
                                      const store::Attempt& attempt) {
    verify::JudgeRequest judge = common;
    judge.candidate.files = {{"candidate.sv", {}, attempt.candidate_code}};
    judge.candidate.top = problem.spec.top;
    if (const auto top = rtl::detect_top(judge.candidate)) judge.candidate.top = *top;
    judge.origin = attempt.completion->origin;
    judge.trust = Trust::Candidate;
    // A library's own testbench judges its answer where the user brought none.
    judge.testbench = problem.testbench ? problem.testbench : attempt.completion->testbench;
    judge.reference = problem.reference;
    return judge;
}

}  // namespace rtlgen::workflow

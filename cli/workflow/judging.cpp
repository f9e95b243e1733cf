// SPDX-License-Identifier: Apache-2.0
#include "cli/workflow/judging.h"

#include <utility>

#include "core/rtl/code_extraction.h"
#include "core/rtl/edit_blocks.h"
#include "core/rtl/source_order.h"

namespace rtlgen::workflow {

namespace {

/// The base with the answer's edits; one that can't be applied is no code, and says why.
rtl::Extraction edited_code(std::string_view base_code, std::string_view answer) {
    rtl::EditedFiles edited =
        rtl::apply_edits({{"candidate.sv", {}, std::string(base_code)}}, answer);
    rtl::Extraction extraction;
    extraction.how = "edits";
    extraction.problems = std::move(edited.problems);
    if (edited.edits == 0) {
        extraction.verdict_class = VerdictClass::NoCode;
        if (extraction.problems.empty()) extraction.problems = {"the edits change nothing"};
    } else {
        extraction.code = std::move(edited.files.front().text);
    }
    return extraction;
}

}  // namespace

std::optional<Verdict> take_candidate(store::Attempt& attempt, const Spec& spec,
                                      std::string_view base_code) {
    rtl::Extraction extraction =
        rtl::extract_code({attempt.completion->text, spec.interface_text, spec.top,
                           std::string(llm::to_string(attempt.completion->finish_reason))});
    const bool is_whole = attempt.completion->finish_reason != llm::FinishReason::Length;
    if (!base_code.empty() && is_whole && rtl::has_edits(attempt.completion->text)) {
        extraction = edited_code(base_code, attempt.completion->text);
    }
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
    judge.trace = verify::JudgeRequest::Trace::Yes;
    // A library's own testbench judges its answer where the user brought none.
    judge.testbench = problem.testbench ? problem.testbench : attempt.completion->testbench;
    judge.reference = problem.reference;
    return judge;
}

}  // namespace rtlgen::workflow

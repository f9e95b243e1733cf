// SPDX-License-Identifier: Apache-2.0
#include "cli/workflow/generate.h"

#include <mutex>

#include "cli/workflow/feedback.h"
#include "core/base/parallel.h"
#include "core/rtl/code_extraction.h"
#include "core/rtl/source_order.h"

namespace rtlgen::workflow {
namespace {

/// A verdict for an answer in which there is nothing to judge.
Verdict no_design(const rtl::Extraction& extraction) {
    Verdict verdict;
    verdict.outcome = Outcome::Fail;
    verdict.verdict_class = extraction.verdict_class;
    Check check;
    check.name = "gate";
    check.outcome = Outcome::Fail;
    check.verdict_class = extraction.verdict_class;
    check.reason = extraction.problems.empty() ? "the answer holds no Verilog module"
                                               : extraction.problems.front();
    verdict.checks.push_back(std::move(check));
    return verdict;
}

class Generation {
public:
    Generation(const GenerateRequest& request, const GenerateParts& parts, std::stop_token stop)
        : request_(request), parts_(parts), stop_(std::move(stop)) {}

    /// One sample: the first answer and its repairs.
    Result<std::vector<store::Attempt>> sample(int number) {
        std::vector<store::Attempt> history;
        std::optional<prompts::PromptRequest> prompt = first_prompt(request_.problem.spec);
        for (int turn = 0; prompt && turn <= request_.max_repairs; ++turn) {
            if (stop_.stop_requested()) break;
            store::Attempt attempt;
            attempt.sample = number;
            attempt.turn = turn;
            TRY(ask(attempt, *prompt));
            if (attempt.completion) TRY(judge(attempt));
            history.push_back(std::move(attempt));
            prompt = repair_prompt(request_.problem.spec, history);
        }
        return history;
    }

private:
    Status ask(store::Attempt& attempt, const prompts::PromptRequest& wanted) {
        TRY_ASSIGN(const prompts::RenderedPrompt prompt, parts_.templates.render(wanted));
        attempt.template_name = prompt.template_name;
        attempt.template_sha256 = prompt.template_sha256;
        if (!prompt.system.empty()) attempt.prompt.push_back({llm::Role::System, prompt.system});
        attempt.prompt.push_back({llm::Role::User, prompt.user});
        attempt.sampling = request_.sampling;
        const llm::CompletionRequest completion_request{
            request_.problem.id, attempt.prompt, attempt.sampling, attempt.sample, attempt.turn};
        attempt.request_sha256 = llm::request_hash(completion_request);
        attempt.asked_at = now();
        TRY(save(attempt));
        Result<llm::Completion> completion = parts_.backend.complete(completion_request, stop_);
        attempt.answered_at = now();
        if (!completion) return give_up(attempt, completion.error());
        attempt.completion = *std::move(completion);
        attempt.state = store::AttemptState::Answered;
        return save(attempt);
    }

    Status judge(store::Attempt& attempt) {
        const Spec& spec = request_.problem.spec;
        const rtl::Extraction extraction =
            rtl::extract_code({attempt.completion->text, spec.interface_text, spec.top,
                               std::string(llm::to_string(attempt.completion->finish_reason))});
        attempt.candidate_code = extraction.code;
        if (extraction.verdict_class != VerdictClass::None) {
            return finish(attempt, no_design(extraction));
        }
        verify::JudgeRequest judge_request = request_.judge;
        judge_request.candidate.files = {{"candidate.sv", {}, extraction.code}};
        judge_request.candidate.top = spec.top;
        judge_request.origin = attempt.completion->origin;
        judge_request.trust = Trust::Candidate;
        judge_request.testbench =
            request_.problem.testbench ? request_.problem.testbench : attempt.completion->testbench;
        judge_request.reference = request_.problem.reference;
        const Result<std::string> top = rtl::detect_top(judge_request.candidate);
        if (top) judge_request.candidate.top = *top;
        Result<Verdict> verdict = parts_.judge(judge_request, stop_);
        if (!verdict) return give_up(attempt, verdict.error());
        return finish(attempt, *std::move(verdict));
    }

    Status finish(store::Attempt& attempt, Verdict verdict) {
        verdict.candidate.origin = attempt.completion->origin;
        attempt.verdict = std::move(verdict);
        attempt.judged_at = now();
        attempt.state = store::AttemptState::Judged;
        return save(attempt);
    }

    Status give_up(store::Attempt& attempt, const Error& error) {
        attempt.error = error;
        attempt.state = store::AttemptState::Failed;
        return save(attempt);
    }

    Status save(const store::Attempt& attempt) {
        const std::scoped_lock lock(mutex_);
        return parts_.store.save(attempt);
    }

    [[nodiscard]] std::int64_t now() const {
        return std::chrono::duration_cast<std::chrono::milliseconds>(
                   parts_.clock.wall_now().time_since_epoch())
            .count();
    }

    const GenerateRequest& request_;
    const GenerateParts& parts_;
    std::stop_token stop_;
    std::mutex mutex_;
};

}  // namespace

Result<std::vector<store::Attempt>> generate(const GenerateRequest& request,
                                             const GenerateParts& parts, std::stop_token stop) {
    Generation generation(request, parts, stop);
    auto samples = parallel_map(static_cast<std::size_t>(request.candidates), request.jobs,
                                [&](std::size_t i) -> Result<std::vector<store::Attempt>> {
                                    return generation.sample(static_cast<int>(i) + 1);
                                });
    std::vector<store::Attempt> attempts;
    for (Result<std::vector<store::Attempt>>& sample : samples) {
        TRY_ASSIGN(std::vector<store::Attempt> history, std::move(sample));
        std::ranges::move(history, std::back_inserter(attempts));
    }
    if (stop.stop_requested()) return fail(ErrorCode::Interrupted, "interrupted");
    return attempts;
}

const store::Attempt* best_attempt(const std::vector<store::Attempt>& attempts) {
    const store::Attempt* best = nullptr;
    for (const store::Attempt& attempt : attempts) {
        if (best == nullptr || is_better(attempt, *best)) best = &attempt;
    }
    return best;
}

}  // namespace rtlgen::workflow

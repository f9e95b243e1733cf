// SPDX-License-Identifier: Apache-2.0
#include "cli/workflow/generate.h"

#include <algorithm>
#include <mutex>
#include <semaphore>

#include "cli/workflow/feedback.h"
#include "core/base/parallel.h"
#include "core/rtl/code_extraction.h"
#include "core/rtl/source_order.h"

namespace rtlgen::workflow {
namespace {

using History = std::vector<store::Attempt>;

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

struct Asked {
    llm::CompletionRequest request;
    std::string template_name;
    std::string template_sha256;
};

Result<Asked> render(const GenerateRequest& request, const prompts::PromptTemplates& templates,
                     const prompts::PromptRequest& wanted) {
    TRY_ASSIGN(prompts::RenderedPrompt prompt, templates.render(wanted));
    Asked asked;
    asked.template_name = std::move(prompt.template_name);
    asked.template_sha256 = std::move(prompt.template_sha256);
    asked.request.problem = request.problem.id;
    asked.request.sampling = request.sampling;
    asked.request.spec = request.problem.spec;
    if (!prompt.system.empty()) {
        asked.request.messages.push_back({llm::Role::System, std::move(prompt.system)});
    }
    asked.request.messages.push_back({llm::Role::User, std::move(prompt.user)});
    return asked;
}

/// One of a number of places, for the object's life.
class Slot {
public:
    explicit Slot(std::counting_semaphore<>& places) : places_(places) { places_.acquire(); }
    ~Slot() { places_.release(); }
    Slot(const Slot&) = delete;
    Slot& operator=(const Slot&) = delete;

private:
    std::counting_semaphore<>& places_;
};

class Generation {
public:
    Generation(const GenerateRequest& request, const GenerateParts& parts, std::stop_token stop)
        : request_(request),
          parts_(parts),
          stop_(std::move(stop)),
          asking_(std::max(1, parts.backend.concurrency())),
          judging_(static_cast<std::ptrdiff_t>(std::max<std::size_t>(1, request.jobs))) {}

    Result<std::vector<History>> run() {
        std::vector<History> histories(static_cast<std::size_t>(request_.candidates));
        for (int turn = 0; turn <= request_.max_repairs && !stop_.stop_requested(); ++turn) {
            // A sample whose history gives no next prompt is left as it is.
            const auto tried =
                parallel_map(histories.size(), threads(), [&](std::size_t i) -> Result<bool> {
                    return add_attempt(static_cast<int>(i) + 1, turn, histories[i]);
                });
            bool any = false;
            for (const Result<bool>& result : tried) {
                if (!result) return tl::unexpected<Error>(result.error());
                any |= *result;
            }
            if (!any || std::ranges::any_of(histories, passed)) break;
        }
        return histories;
    }

private:
    [[nodiscard]] static bool passed(const History& history) {
        return !history.empty() && history.back().verdict &&
               history.back().verdict->outcome == Outcome::Pass;
    }

    /// As many as can usefully wait for an answer or judge.
    [[nodiscard]] std::size_t threads() const {
        return request_.jobs + static_cast<std::size_t>(std::max(1, parts_.backend.concurrency()));
    }

    /// False where there is nothing left to ask.
    Result<bool> add_attempt(int sample, int turn, History& history) {
        if (stop_.stop_requested()) return false;
        const Spec& spec = request_.problem.spec;
        const auto wanted =
            turn == 0 ? std::optional(first_prompt(spec)) : repair_prompt(spec, history);
        if (!wanted) return false;
        store::Attempt attempt;
        attempt.sample = sample;
        attempt.turn = turn;
        TRY(ask(attempt, *wanted));
        if (attempt.state == store::AttemptState::Answered) TRY(judge(attempt));
        {
            const std::scoped_lock lock(mutex_);
            parts_.on_attempt(attempt);
        }
        history.push_back(std::move(attempt));
        return true;
    }

    Status ask(store::Attempt& attempt, const prompts::PromptRequest& wanted) {
        TRY_ASSIGN(Asked asked, render(request_, parts_.templates, wanted));
        asked.request.sample = attempt.sample;
        asked.request.turn = attempt.turn;
        attempt.template_name = asked.template_name;
        attempt.template_sha256 = asked.template_sha256;
        attempt.prompt = asked.request.messages;
        attempt.sampling = request_.sampling;
        attempt.request_sha256 = llm::request_hash(asked.request);
        const Slot slot(asking_);
        attempt.asked_at = now();
        TRY(save(attempt));
        Result<llm::Completion> completion = parts_.backend.complete(asked.request, stop_);
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
        TRY(save(attempt));
        if (extraction.verdict_class != VerdictClass::None) {
            return finish(attempt, no_design(extraction));
        }
        const Slot slot(judging_);
        Result<Verdict> verdict = parts_.judge(attempt, judge_request(attempt), stop_);
        if (!verdict) return give_up(attempt, verdict.error());
        return finish(attempt, *std::move(verdict));
    }

    [[nodiscard]] verify::JudgeRequest judge_request(const store::Attempt& attempt) const {
        verify::JudgeRequest judge = request_.judge;
        judge.candidate.files = {{"candidate.sv", {}, attempt.candidate_code}};
        judge.candidate.top = request_.problem.spec.top;
        if (const auto top = rtl::detect_top(judge.candidate)) judge.candidate.top = *top;
        judge.origin = attempt.completion->origin;
        judge.trust = Trust::Candidate;
        // A library's own testbench judges its answer where the user brought none.
        const Problem& problem = request_.problem;
        judge.testbench = problem.testbench ? problem.testbench : attempt.completion->testbench;
        judge.reference = problem.reference;
        return judge;
    }

    Status finish(store::Attempt& attempt, Verdict verdict) {
        verdict.candidate.origin = attempt.completion->origin;
        attempt.verdict = std::move(verdict);
        attempt.judged_at = now();
        attempt.state = store::AttemptState::Judged;
        return save(attempt);
    }

    /// A broken testbench is the user's to mend: it ends the whole.
    Status give_up(store::Attempt& attempt, const Error& error) {
        attempt.error = error;
        attempt.state = store::AttemptState::Failed;
        TRY(save(attempt));
        if (error.code == ErrorCode::BadBench) return tl::unexpected<Error>(error);
        return {};
    }

    Status save(const store::Attempt& attempt) {
        const std::scoped_lock lock(mutex_);
        TRY(parts_.store.save(attempt));
        return parts_.store.log(
            now(), attempt.folder_name() + " " + std::string(store::to_string(attempt.state)));
    }

    [[nodiscard]] std::int64_t now() const {
        return std::chrono::duration_cast<std::chrono::milliseconds>(
                   parts_.clock.wall_now().time_since_epoch())
            .count();
    }

    const GenerateRequest& request_;
    const GenerateParts& parts_;
    std::stop_token stop_;
    std::counting_semaphore<> asking_;
    std::counting_semaphore<> judging_;
    std::mutex mutex_;  ///< of the store and of on_attempt
};

}  // namespace

Result<std::vector<store::Attempt>> generate(const GenerateRequest& request,
                                             const GenerateParts& parts, std::stop_token stop) {
    Generation generation(request, parts, std::move(stop));
    TRY_ASSIGN(std::vector<History> histories, generation.run());
    std::vector<store::Attempt> attempts;
    for (History& history : histories) std::ranges::move(history, std::back_inserter(attempts));
    return attempts;
}

Result<llm::CompletionRequest> first_request(const GenerateRequest& request,
                                             const prompts::PromptTemplates& templates) {
    TRY_ASSIGN(Asked asked, render(request, templates, first_prompt(request.problem.spec)));
    return std::move(asked.request);
}

const store::Attempt* best_attempt(const std::vector<store::Attempt>& attempts) {
    const store::Attempt* best = nullptr;
    for (const store::Attempt& attempt : attempts) {
        if (best == nullptr || is_better(attempt, *best)) best = &attempt;
    }
    return best;
}

}  // namespace rtlgen::workflow

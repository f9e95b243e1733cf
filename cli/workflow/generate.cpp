// SPDX-License-Identifier: Apache-2.0
#include "cli/workflow/generate.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <semaphore>
#include <utility>

#include "cli/workflow/asking.h"
#include "cli/workflow/attempt_order.h"
#include "cli/workflow/judging.h"
#include "core/base/parallel.h"
#include "core/store/run_writer.h"

namespace rtlgen::workflow {
namespace {

using History = std::vector<store::Attempt>;

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

std::int64_t milliseconds_now(const Clock& clock) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(
               clock.wall_now().time_since_epoch())
        .count();
}

/// Asks and judges on many threads; one more writes the store.
class Generation {
public:
    Generation(const GenerateRequest& request, const GenerateParts& parts, std::stop_token stop)
        : request_(request),
          parts_(parts),
          asking_(std::max(1, parts.backend.concurrency())),
          judging_(static_cast<std::ptrdiff_t>(std::max<std::size_t>(1, request.jobs))),
          earlier_(static_cast<std::size_t>(request.candidates)),
          writer_(parts.store, parts.clock),
          relay_(std::move(stop), [this] { halt_.request_stop(); }) {
        for (const store::Attempt& attempt : request.earlier) {
            const auto index = static_cast<std::size_t>(attempt.sample) - 1;
            if (index < earlier_.size()) earlier_[index].push_back(attempt);
        }
    }

    /// Rounds: in each every sample is asked and judged, until one has passed or none goes on.
    Result<std::vector<History>> run() {
        std::vector<History> histories(earlier_.size());
        for (int turn = 0; turn <= request_.max_repairs && !halted(); ++turn) {
            const auto tried =
                parallel_map(histories.size(), threads(), [&](std::size_t i) -> Result<bool> {
                    Result<bool> added = add_attempt(static_cast<int>(i) + 1, turn, histories[i]);
                    // Whatever ends the whole ends it for all threads at once.
                    if (!added) halt_.request_stop();
                    return added;
                });
            bool any = false;
            for (const Result<bool>& result : tried) {
                if (!result) return tl::unexpected<Error>(result.error());
                any |= *result;
            }
            if (!any || std::ranges::any_of(histories, passed)) break;
        }
        TRY(writer_.flush());
        for (std::size_t i = 0; i < histories.size(); ++i) {
            std::ranges::move(earlier_[i], std::back_inserter(histories[i]));
        }
        return histories;
    }

    [[nodiscard]] bool halted() const { return halt_.stop_requested() || spent_; }

private:
    [[nodiscard]] static bool passed(const History& history) {
        return !history.empty() && history.back().verdict &&
               history.back().verdict->outcome == Outcome::Pass;
    }

    /// As many as can usefully wait for an answer or judge.
    [[nodiscard]] std::size_t threads() const {
        return request_.jobs + static_cast<std::size_t>(std::max(1, parts_.backend.concurrency()));
    }

    /// What the Run has of this turn from before; each sample belongs to one thread at a time.
    std::optional<store::Attempt> take_earlier(int sample, int turn) {
        History& attempts = earlier_[static_cast<std::size_t>(sample) - 1];
        const auto found = std::ranges::find(attempts, turn, &store::Attempt::turn);
        if (found == attempts.end()) return std::nullopt;
        store::Attempt attempt = std::move(*found);
        attempts.erase(found);
        return attempt;
    }

    /// False where there is nothing to do for the sample in this turn.
    Result<bool> add_attempt(int sample, int turn, History& history) {
        if (halted()) return false;
        std::optional<store::Attempt> attempt = take_earlier(sample, turn);
        if (attempt && !is_tried_again(*attempt, request_.retry)) {
            history.push_back(*std::move(attempt));
            return true;
        }
        const std::optional<RepairStep> step = next_step(turn, history);
        if (!step) return false;
        if (!attempt || !attempt->completion) {
            TRY_ASSIGN(attempt, ask(sample, turn, step->prompt));
            if (!attempt) return false;
        }
        if (attempt->completion) TRY(judge(*attempt, step->base_code));
        {
            const std::scoped_lock lock(telling_);
            parts_.on_attempt(*attempt);
        }
        history.push_back(*std::move(attempt));
        return true;
    }

    [[nodiscard]] std::optional<RepairStep> next_step(int turn, const History& history) const {
        const Spec& spec = request_.problem.spec;
        if (turn == 0) return RepairStep{first_prompt(spec, request_.prompt), "", 0};
        return plan_repair(spec, history, request_.repair).step;
    }

    /// None where it was too late to ask. The answer is on disk when this returns.
    Result<std::optional<store::Attempt>> ask(int sample, int turn,
                                              const prompts::PromptRequest& wanted) {
        TRY_ASSIGN(Question question, render_question(request_, parts_.templates, wanted));
        question.request.sample = sample;
        question.request.turn = turn;
        // The first prompt is the same for all samples; each repair has its own.
        question.request.samples = turn == 0 ? request_.candidates : 1;
        store::Attempt attempt = asked_attempt(question);
        const Slot slot(asking_);
        if (halted()) return std::nullopt;
        attempt.asked_at = milliseconds_now(parts_.clock);
        writer_.submit(attempt);
        Result<llm::Completion> completion =
            parts_.backend.complete(question.request, halt_.get_token());
        attempt.answered_at = milliseconds_now(parts_.clock);
        if (!completion) {
            spent_ = spent_ || completion.error().code == ErrorCode::Budget;
            give_up(attempt, completion.error());
            return attempt;
        }
        attempt.completion = *std::move(completion);
        attempt.state = store::AttemptState::Answered;
        TRY(writer_.save(attempt));
        return attempt;
    }

    /// `base_code`: what an answer that is an edit applies to.
    Status judge(store::Attempt& attempt, const std::string& base_code) {
        attempt.error.reset();
        attempt.state = store::AttemptState::Answered;
        std::optional<Verdict> verdict = take_candidate(attempt, request_.problem.spec, base_code);
        if (!verdict) {
            TRY(writer_.save(attempt));
            const Slot slot(judging_);
            if (halt_.stop_requested()) return {};
            Result<Verdict> judged =
                parts_.judge(attempt, judge_request_of(request_.problem, request_.judge, attempt),
                             halt_.get_token());
            if (!judged) {
                give_up(attempt, judged.error());
                // A broken testbench is the user's to mend: it ends the whole.
                if (judged.error().code != ErrorCode::BadBench) return {};
                return tl::unexpected<Error>(judged.error());
            }
            verdict = *std::move(judged);
        }
        verdict->candidate.origin = attempt.completion->origin;
        attempt.verdict = std::move(verdict);
        attempt.judged_at = milliseconds_now(parts_.clock);
        attempt.state = store::AttemptState::Judged;
        writer_.submit(attempt);
        return {};
    }

    void give_up(store::Attempt& attempt, const Error& error) {
        attempt.error = error;
        attempt.state = store::AttemptState::Failed;
        writer_.submit(attempt);
    }

    const GenerateRequest& request_;
    const GenerateParts& parts_;
    std::counting_semaphore<> asking_;
    std::counting_semaphore<> judging_;
    std::mutex telling_;  ///< of on_attempt
    std::atomic<bool> spent_ = false;
    std::vector<History> earlier_;  ///< by sample
    store::RunWriter writer_;
    std::stop_source halt_;  ///< the user's stop, or an Error of the whole
    std::stop_callback<std::function<void()>> relay_;
};

}  // namespace

bool is_tried_again(const store::Attempt& attempt, RetryErrors retry) {
    if (attempt.verdict) {
        return retry == RetryErrors::All && attempt.verdict->outcome == Outcome::ToolError;
    }
    // What was answered costs nothing to judge again.
    if (attempt.completion || !attempt.error) return true;
    switch (attempt.error->code) {
        case ErrorCode::Network:
        case ErrorCode::Timeout:
        case ErrorCode::Interrupted:
        case ErrorCode::Deferred:
        case ErrorCode::Budget: return true;
        default: return retry == RetryErrors::All;
    }
}

Result<std::vector<store::Attempt>> generate(const GenerateRequest& request,
                                             const GenerateParts& parts, std::stop_token stop) {
    std::vector<store::Attempt> attempts;
    bool finished = false;
    Result<std::vector<History>> histories;
    {
        Generation generation(request, parts, std::move(stop));
        histories = generation.run();
        finished = histories && !generation.halted();
    }
    if (histories) {
        for (History& history : *histories)
            std::ranges::move(history, std::back_inserter(attempts));
    }
    finished = finished && std::ranges::none_of(attempts, [](const store::Attempt& attempt) {
                   return is_tried_again(attempt, RetryErrors::Transient);
               });
    Status told =
        parts.store.set_state(finished ? store::RunState::Finished : store::RunState::Interrupted,
                              milliseconds_now(parts.clock));
    if (!histories) return tl::unexpected<Error>(histories.error());
    TRY(std::move(told));
    return attempts;
}

Result<llm::CompletionRequest> first_request(const GenerateRequest& request,
                                             const prompts::PromptTemplates& templates) {
    TRY_ASSIGN(
        Question question,
        render_question(request, templates, first_prompt(request.problem.spec, request.prompt)));
    question.request.samples = request.candidates;
    return std::move(question.request);
}

const store::Attempt* best_attempt(const std::vector<store::Attempt>& attempts) {
    const store::Attempt* best = nullptr;
    for (const store::Attempt& attempt : attempts) {
        if (best == nullptr || is_better(attempt, *best)) best = &attempt;
    }
    return best;
}

}  // namespace rtlgen::workflow

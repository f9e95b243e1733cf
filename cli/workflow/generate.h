// SPDX-License-Identifier: Apache-2.0
// The loop: prompt, answer, candidate, verdict, and repair of what fails.
#pragma once

#include <functional>
#include <stop_token>
#include <vector>

#include "cli/workflow/feedback.h"
#include "cli/workflow/repair.h"
#include "core/base/clock.h"
#include "core/domain/problem.h"
#include "core/llm/backend.h"
#include "core/store/run_store.h"
#include "prompts/prompt_templates.h"
#include "verify/judge.h"

namespace rtlgen::workflow {

/// What a Run that is gone on with tries again of what Failed: what may well succeed now (network,
/// deadline, budget, an interruption; and what was answered but not judged), or every error.
enum class RetryErrors { Transient, All };

struct GenerateRequest {
    Problem problem;
    int candidates = 1;   ///< samples, at least 1
    int max_repairs = 1;  ///< rounds after the first
    PromptChoice prompt;
    RepairSettings repair;
    llm::Sampling sampling;
    verify::JudgeRequest judge;  ///< its candidate, testbench and reference are filled in
    std::size_t jobs = 1;        ///< judgements at once
    /// What the Run has from before: its answers aren't asked for again, nor its verdicts made.
    std::vector<store::Attempt> earlier;
    RetryErrors retry = RetryErrors::Transient;
};

struct GenerateParts {
    llm::Backend& backend;
    const prompts::PromptTemplates& templates;
    /// Judges an Attempt's candidate; called from several threads at once.
    std::function<Result<Verdict>(const store::Attempt&, const verify::JudgeRequest&,
                                  std::stop_token)>
        judge;
    store::RunStore& store;
    Clock& clock;
    /// Called after each Attempt that came to its end, one at a time, in the order of the ends.
    std::function<void(const store::Attempt&)> on_attempt = [](const store::Attempt&) {};
};

/// All Attempts, by sample and turn, each in the store before anything depends on it. A round asks
/// and judges every sample; while none has passed, the next round repairs those that can be.
/// What a model or a judge could not answer is an Attempt in state Failed with its Error; once the
/// budget is spent nothing more is asked. After a stop request the Attempts so far are given; those
/// that waited for an answer are Failed with Error Interrupted. The Run is Finished where no
/// Attempt would be tried again by RetryErrors::Transient, else Interrupted.
/// An Error of the whole is the store's, the templates', or BadBench: nothing is asked after it.
Result<std::vector<store::Attempt>> generate(const GenerateRequest& request,
                                             const GenerateParts& parts, std::stop_token stop);

/// The request for a sample's first answer, as generate() sends it: what a dry run shows.
Result<llm::CompletionRequest> first_request(const GenerateRequest& request,
                                             const prompts::PromptTemplates& templates);

/// Whether a Run that is gone on with tries this Attempt again.
[[nodiscard]] bool is_tried_again(const store::Attempt& attempt, RetryErrors retry);

/// The best Attempt, or null where there is none.
[[nodiscard]] const store::Attempt* best_attempt(const std::vector<store::Attempt>& attempts);

}  // namespace rtlgen::workflow

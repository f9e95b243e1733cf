// SPDX-License-Identifier: Apache-2.0
// The loop: prompt, answer, candidate, verdict, and repair of what fails.
#pragma once

#include <functional>
#include <stop_token>
#include <vector>

#include "core/base/clock.h"
#include "core/domain/problem.h"
#include "core/llm/backend.h"
#include "core/store/run_store.h"
#include "prompts/prompt_templates.h"
#include "verify/judge.h"

namespace rtlgen::workflow {

struct GenerateRequest {
    Problem problem;
    int candidates = 1;   ///< samples, at least 1
    int max_repairs = 1;  ///< turns after the first, for each sample
    llm::Sampling sampling;
    verify::JudgeRequest judge;  ///< its candidate, testbench and reference are filled in
    std::size_t jobs = 1;        ///< samples at once
};

struct GenerateParts {
    llm::Backend& backend;
    const prompts::PromptTemplates& templates;
    std::function<Result<Verdict>(const verify::JudgeRequest&, std::stop_token)> judge;
    store::RunStore& store;
    Clock& clock;
};

/// All Attempts, by sample and turn, each in the store before anything depends on it. What a model
/// or a judge could not answer is an Attempt in state Failed with its Error; an Error of the whole
/// is the store's, the templates', or Interrupted.
Result<std::vector<store::Attempt>> generate(const GenerateRequest& request,
                                             const GenerateParts& parts, std::stop_token stop);

/// The best Attempt, or null where there is none.
[[nodiscard]] const store::Attempt* best_attempt(const std::vector<store::Attempt>& attempts);

}  // namespace rtlgen::workflow

// SPDX-License-Identifier: Apache-2.0
// From what has been tried to the next prompt, or none: pure functions over Attempts.
#pragma once

#include <optional>
#include <span>

#include "core/domain/problem.h"
#include "core/store/attempt.h"
#include "prompts/prompt_templates.h"

namespace rtlgen::workflow {

/// The prompt for the first answer.
[[nodiscard]] prompts::PromptRequest first_prompt(const Spec& spec);

/// The prompt that asks to mend the last of `history` (one sample's Attempts, by turn). None where
/// it passed, could not be judged, was refused by the model, or repeats an earlier code and
/// failure.
[[nodiscard]] std::optional<prompts::PromptRequest> repair_prompt(
    const Spec& spec, std::span<const store::Attempt> history);

/// Whether `a` is the better Attempt: a pass by grade, then what is inconclusive, then what
/// compiles, then fewer mismatches, then the earlier turn.
[[nodiscard]] bool is_better(const store::Attempt& a, const store::Attempt& b);

}  // namespace rtlgen::workflow

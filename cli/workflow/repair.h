// SPDX-License-Identifier: Apache-2.0
// What to do after a failure: from one sample's history to the next prompt and the design that its
// answer may edit, or the reason to stop. Pure functions over Attempts.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/domain/problem.h"
#include "core/store/attempt.h"
#include "prompts/prompt_templates.h"

namespace rtlgen::workflow {

/// What a model is offered to answer with; blocks of an edit are taken wherever they come.
enum class AnswerForm {
    Fitting,  ///< the whole code, and for designs of more than kLongForEdits lines edits too
    Whole,
    Edits
};
inline constexpr std::size_t kLongForEdits = 60;

struct RepairSettings {
    std::size_t token_budget = 24'000;  ///< of one prompt, as estimated_tokens counts
    AnswerForm answers = AnswerForm::Fitting;
    bool operator==(const RepairSettings&) const = default;
};

/// A token is taken for 4 bytes: near enough for code in English, and the same for every model.
[[nodiscard]] constexpr std::size_t estimated_tokens(std::size_t bytes) { return (bytes + 3) / 4; }

struct RepairStep {
    prompts::PromptRequest prompt;
    std::string base_code;  ///< the design that the prompt shows and an edit applies to
    int base_turn = 0;      ///< whose it is
    bool operator==(const RepairStep&) const = default;
};

struct RepairPlan {
    std::optional<RepairStep> step;
    std::string stopped;  ///< why there is none, in one line; empty where there is one
    bool operator==(const RepairPlan&) const = default;
};

/// `history`: one sample's Attempts, by turn. It stops where the last one passed, has no verdict or
/// one that a tool's breakdown gave, was refused by the model, or repeats an earlier one's code
/// (token by token) and failure: a model that goes in circles. Otherwise the next prompt is about
/// the best Attempt so far: where the last one is worse, the prompt says so and what it had
/// changed. What has been tried is told, latest first, as far as the token budget goes; then the
/// driving lines, the values and the messages make room, in this order, and the prompt says so. The
/// design itself, the specification and the facts stay.
[[nodiscard]] RepairPlan plan_repair(const Spec& spec, std::span<const store::Attempt> history,
                                     const RepairSettings& settings = {});

/// Lines that one text has and the other hasn't, as "- old" and "+ new", at most `most` of them.
[[nodiscard]] std::string changed_lines(std::string_view before, std::string_view after,
                                        std::size_t most);

}  // namespace rtlgen::workflow

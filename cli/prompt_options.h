// SPDX-License-Identifier: Apache-2.0
// How a model is asked: the form of the first prompt, examples in front of it, what a repair may
// cost and how it may be answered.
#pragma once

#include <string>

#include "cli/workflow/feedback.h"
#include "cli/workflow/repair.h"
#include "core/base/result.h"

namespace CLI {
class App;
}

namespace rtlgen::cli {

struct PromptOptions {
    workflow::PromptForm form = workflow::PromptForm::Specification;
    std::string shots;  ///< a file; empty: none
    workflow::RepairSettings repair;
};

/// Adds --prompt-form and --shots.
void add_prompt_options(CLI::App& app, PromptOptions& options);
/// Adds --repair-tokens and --repair-answers.
void add_repair_options(CLI::App& app, PromptOptions& options);

/// Reads the file of examples: JSON lines with `spec` and `code`. Errors: NotFound, Unreadable.
Result<workflow::PromptChoice> load_prompt_choice(const PromptOptions& options);

}  // namespace rtlgen::cli

// SPDX-License-Identifier: Apache-2.0
// From what is wanted next to a request that a model can be sent.
#pragma once

#include <string>

#include "cli/workflow/generate.h"
#include "core/base/result.h"
#include "core/llm/backend.h"
#include "core/store/attempt.h"
#include "prompts/prompt_templates.h"

namespace rtlgen::workflow {

/// A request, and the template that it was made of.
struct Question {
    llm::CompletionRequest request;
    std::string template_name;
    std::string template_sha256;
};

/// Errors: those of the templates.
Result<Question> render_question(const GenerateRequest& request,
                                 const prompts::PromptTemplates& templates,
                                 const prompts::PromptRequest& wanted);

/// An Attempt in state Asked, as it stands before its answer.
[[nodiscard]] store::Attempt asked_attempt(const Question& question);

}  // namespace rtlgen::workflow

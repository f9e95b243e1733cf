// SPDX-License-Identifier: Apache-2.0
#include "cli/workflow/asking.h"

#include <utility>

namespace rtlgen::workflow {

Result<Question> render_question(const GenerateRequest& request,
                                 const prompts::PromptTemplates& templates,
                                 const prompts::PromptRequest& wanted) {
    TRY_ASSIGN(prompts::RenderedPrompt prompt, templates.render(wanted));
    Question question;
    question.template_name = std::move(prompt.template_name);
    question.template_sha256 = std::move(prompt.template_sha256);
    question.request.problem = request.problem.id;
    question.request.sampling = request.sampling;
    question.request.spec = request.problem.spec;
    if (!prompt.system.empty()) {
        question.request.messages.push_back({llm::Role::System, std::move(prompt.system)});
    }
    question.request.messages.push_back({llm::Role::User, std::move(prompt.user)});
    return question;
}

store::Attempt asked_attempt(const Question& question) {
    store::Attempt attempt;
    attempt.sample = question.request.sample;
    attempt.turn = question.request.turn;
    attempt.template_name = question.template_name;
    attempt.template_sha256 = question.template_sha256;
    attempt.prompt = question.request.messages;
    attempt.sampling = question.request.sampling;
    attempt.request_sha256 = llm::request_hash(question.request);
    return attempt;
}

}  // namespace rtlgen::workflow

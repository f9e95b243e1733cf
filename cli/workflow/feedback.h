// SPDX-License-Identifier: Apache-2.0
// The prompt for a first answer: from a specification, a form and examples. Pure.
#pragma once

#include <string>
#include <vector>

#include "core/domain/problem.h"
#include "prompts/prompt_templates.h"

namespace rtlgen::workflow {

/// How a first answer is asked for: a design from its specification, or the body of a module whose
/// header is given (which needs Spec::interface_text, and is Specification without it).
enum class PromptForm { Specification, Completion };

/// An example in front of the question.
struct Shot {
    std::string spec;
    std::string code;
    bool operator==(const Shot&) const = default;
};

struct PromptChoice {
    PromptForm form = PromptForm::Specification;
    std::vector<Shot> shots;
    bool operator==(const PromptChoice&) const = default;
};

/// The prompt for the first answer.
[[nodiscard]] prompts::PromptRequest first_prompt(const Spec& spec,
                                                  const PromptChoice& choice = {});

/// Puts the variables `spec`, `interface` and `top` of parts/wanted.md.
void add_wanted(prompts::Variables& variables, const Spec& spec);

}  // namespace rtlgen::workflow

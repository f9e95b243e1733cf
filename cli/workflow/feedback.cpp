// SPDX-License-Identifier: Apache-2.0
#include "cli/workflow/feedback.h"

namespace rtlgen::workflow {

void add_wanted(prompts::Variables& variables, const Spec& spec) {
    variables["spec"] = spec.text;
    variables["interface"] =
        spec.interface_text.empty() ? "" : prompts::code_block(spec.interface_text, "verilog");
    variables["top"] = spec.top;
}

prompts::PromptRequest first_prompt(const Spec& spec, const PromptChoice& choice) {
    const bool completes = choice.form == PromptForm::Completion && !spec.interface_text.empty();
    prompts::PromptRequest request{completes ? "complete.md" : "generate.md", {}};
    add_wanted(request.variables, spec);
    std::vector<prompts::Record> shots;
    for (const Shot& shot : choice.shots) {
        shots.push_back({{"spec", shot.spec}, {"code", prompts::code_block(shot.code, "verilog")}});
    }
    request.variables["shots"] = std::move(shots);
    return request;
}

}  // namespace rtlgen::workflow

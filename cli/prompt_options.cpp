// SPDX-License-Identifier: Apache-2.0
#include "cli/prompt_options.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "cli/option_values.h"
#include "core/base/files.h"
#include "core/base/text.h"

namespace rtlgen::cli {

void add_prompt_options(CLI::App& app, PromptOptions& options) {
    const Choices<workflow::PromptForm> forms = {
        {"completion", workflow::PromptForm::Completion},
        {"specification", workflow::PromptForm::Specification}};
    add_choice(app, "--prompt-form", options.form, forms,
               "specification, or completion: the body of the module that --interface gives");
    app.add_option("--shots", options.shots,
                   "Examples in front of the question: JSON lines with spec and code");
}

void add_repair_options(CLI::App& app, PromptOptions& options) {
    const Choices<workflow::AnswerForm> forms = {{"edits", workflow::AnswerForm::Edits},
                                                 {"fitting", workflow::AnswerForm::Fitting},
                                                 {"whole", workflow::AnswerForm::Whole}};
    app.add_option("--repair-tokens", options.repair.token_budget,
                   "The longest prompt of a repair, a token taken for 4 bytes (default 24000)")
        ->check(number_from(1000, 1e7, "tokens"));
    add_choice(app, "--repair-answers", options.repair.answers, forms,
               "whole, edits, or fitting: edits are offered for long designs");
}

Result<workflow::PromptChoice> load_prompt_choice(const PromptOptions& options) {
    workflow::PromptChoice choice{options.form, {}};
    if (options.shots.empty()) return choice;
    TRY_ASSIGN(const std::string text, read_text(options.shots, mebibytes(1)));
    int number = 0;
    for (const std::string_view line : split_lines(text)) {
        ++number;
        if (trim(line).empty()) continue;
        try {
            const nlohmann::json shot = nlohmann::json::parse(line);
            choice.shots.push_back({shot.at("spec"), shot.at("code")});
        } catch (const nlohmann::json::exception&) {
            return fail(ErrorCode::Unreadable,
                        "is no example: a line is a JSON object with spec and code",
                        options.shots + ":" + std::to_string(number));
        }
    }
    return choice;
}

}  // namespace rtlgen::cli

// SPDX-License-Identifier: Apache-2.0
// A change to an existing design: task, answer as edits, refusals, verdict, and repair of what
// fails.
#pragma once

#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "cli/workflow/repair.h"
#include "core/base/clock.h"
#include "core/llm/backend.h"
#include "core/store/run_store.h"
#include "prompts/prompt_templates.h"
#include "verify/judge.h"

namespace rtlgen::workflow {

enum class PortLock { Free, Locked };

struct EditRequest {
    SourceSet design;  ///< with its top
    std::string task;
    PortLock ports = PortLock::Free;
    int max_repairs = 1;  ///< answers after the first
    llm::Sampling sampling;
    verify::JudgeRequest judge;  ///< its candidate is filled in
    RepairSettings repair;
    /// What the Run has from before: its answers aren't asked for again, nor its verdicts made.
    std::vector<store::Attempt> earlier;
};

struct EditParts {
    llm::Backend& backend;
    const prompts::PromptTemplates& templates;
    std::function<Result<Verdict>(const verify::JudgeRequest&, std::stop_token)> judge;
    store::RunStore& store;
    Clock& clock;
    std::function<void(const store::Attempt&)> on_attempt = [](const store::Attempt&) {};
};

/// An Attempt, whose candidate_code is its change as a unified diff, and the files after it.
struct EditTry {
    store::Attempt attempt;
    std::vector<SourceFile> files;
};

struct EditResult {
    Verdict before;  ///< of the design as it was
    std::vector<EditTry> tries;
    std::string stopped;  ///< why no further answer was asked for

    /// The best try, or null where none has a verdict.
    [[nodiscard]] const EditTry* best() const;
};

/// Judges the design as it is, asks for the change, applies the answer's edits to the files, judges
/// them, and repairs from the best try so far up to max_repairs times. A change is refused (class
/// forbidden) where it brings in what a candidate may not use and the design didn't, or a macro,
/// and (class interface) where ports or parameters of the top that are locked change. What remains
/// is judged as the person's own design, in the jail. Each Attempt is in the store before it is
/// judged. Errors: of the store, the templates, BadBench and Interrupted. What the model could not
/// answer is an Attempt with its Error. The Run is Finished where no Attempt would be tried again;
/// of a Run in which there is nothing left to do, nothing is written.
Result<EditResult> edit(const EditRequest& request, const EditParts& parts, std::stop_token stop);

/// The request for the first answer.
Result<llm::CompletionRequest> first_edit_request(const EditRequest& request,
                                                  const prompts::PromptTemplates& templates);

/// The design with what an Attempt's diff changes, judged as edit() judges it: `request` needs its
/// design, ports and judge. Error Unreadable where the diff doesn't fit the design.
Result<Verdict> judge_edit_again(
    const EditRequest& request, const store::Attempt& attempt,
    const std::function<Result<Verdict>(const verify::JudgeRequest&, std::stop_token)>& judge,
    const std::stop_token& stop);

/// All changed files as one unified diff.
[[nodiscard]] std::string diff_of(const std::vector<SourceFile>& before,
                                  const std::vector<SourceFile>& after);

}  // namespace rtlgen::workflow

// SPDX-License-Identifier: Apache-2.0
// What a Run of `edit` says of itself, and the key by which the same command finds it again.
#pragma once

#include "cli/workflow/edit.h"
#include "core/base/clock.h"
#include "core/llm/backend.h"
#include "core/store/run_store.h"
#include "prompts/prompt_templates.h"

namespace rtlgen::cli {

/// With the key: a hash over the design, the task, the model and where it is, sampling, repairs,
/// templates and what judges; and with what is needed to judge its changes again.
/// Errors: those of the templates.
Result<store::RunInfo> describe_edit_run(const workflow::EditRequest& request,
                                         const llm::Backend& backend,
                                         const prompts::PromptTemplates& templates,
                                         Clock::WallTime now);

/// The request of such a Run, as far as judging needs it. Error Unreadable where the Run isn't one.
Result<workflow::EditRequest> edit_request_of(const store::RunInfo& info);

}  // namespace rtlgen::cli

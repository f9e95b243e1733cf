// SPDX-License-Identifier: Apache-2.0
// What a Run of `generate` says of itself, and the key by which the same command finds it again.
#pragma once

#include "cli/generate_options.h"
#include "cli/wiring.h"
#include "core/store/run_store.h"
#include "prompts/prompt_templates.h"

namespace rtlgen::cli {

/// With the key: a hash over all that decides the work, that is specification, model and where it
/// is, sampling, candidates, repairs, templates, and the content of what judges. How many jobs run
/// at once, how long an answer may take, what is kept and where the design goes decide nothing.
/// Errors: those of the templates.
Result<store::RunInfo> describe_run(const GenerateOptions& options,
                                    const workflow::GenerateRequest& request,
                                    const OpenedModel& model,
                                    const prompts::PromptTemplates& templates, Clock::WallTime now);

}  // namespace rtlgen::cli

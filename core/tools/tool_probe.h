// SPDX-License-Identifier: Apache-2.0
// Asking a program what it is: its version, and which features it shows on a tiny input.
#pragma once

#include "core/tools/toolset.h"

namespace rtlgen::tools {

/// The job that asks `tool`. Pure.
[[nodiscard]] process::JobSpec plan_probe(const Tool& tool);

/// Fills version and features from what the job said. Error ToolFailed, naming the program, where
/// it crashed or told no version. Pure.
Result<Tool> parse_probe(const Tool& tool, const process::JobResult& result);

/// Whether every step came to an answer: one that hit a limit, on a busy machine, says nothing
/// about a feature, and is to be asked again. Pure.
[[nodiscard]] bool is_complete(const process::JobResult& result);

}  // namespace rtlgen::tools

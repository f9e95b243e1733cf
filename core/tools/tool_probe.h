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

/// A version text such as "5.048" as numbers, for comparing; 0.0 where it is none.
[[nodiscard]] std::pair<int, int> version_numbers(std::string_view version);

}  // namespace rtlgen::tools

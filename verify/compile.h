// SPDX-License-Identifier: Apache-2.0
// Which front ends read a design: one that does stands in for the others.
#pragma once

#include <stop_token>
#include <vector>

#include "core/base/result.h"
#include "core/domain/verdict.h"
#include "core/tools/front_end.h"

namespace rtlgen::verify {

struct CompileResult {
    Check check;
    std::vector<tools::ReadResult> reads;  ///< a row for each front end that was tried
    std::vector<Finding> errors;           ///< of front ends that refuse; the best messages first
    std::vector<Finding> warnings;         ///< of front ends that accept
};

/// Reads `set` with every usable front end, several at once. Fails where all refuse; a crash or a
/// limit is the design's fault after one retry and a control job that passes (else ToolError).
Result<CompileResult> compile_design(const SourceSet& set, const tools::Toolset& toolset,
                                     process::Runner& runner, const std::stop_token& stop);

/// The check of a design that `reader` has compiled for its run: all front ends but its own were
/// not asked.
[[nodiscard]] Check compiled_by_running(const tools::Toolset& toolset, const ToolId& reader);

/// The class that a front end's errors speak of: syntax, interface or elaboration.
[[nodiscard]] VerdictClass class_of_errors(const std::vector<Finding>& findings);

/// The tool that a row of tools::front_ends() uses: the best of its kind that has what it needs.
[[nodiscard]] const tools::Tool* tool_for(const tools::FrontEnd& front_end,
                                          const tools::Toolset& toolset);

}  // namespace rtlgen::verify

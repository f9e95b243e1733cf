// SPDX-License-Identifier: Apache-2.0
// The end of `rtlgen generate`: the best Attempt told, its design written, the exit code.
#pragma once

#include "cli/commands.h"
#include "cli/generate_options.h"
#include "cli/report/run_report.h"

namespace rtlgen::cli {

/// Tells the best Attempt and the totals, and writes the best design where its verdict allows it.
/// `outcome.best` and `outcome.output` are filled in. Errors: Interrupted (by the session's stop),
/// and, where there is no verdict at all, the first Attempt's own.
Result<int> conclude(const GenerateOptions& options, RunOutcome outcome, Session& session);

}  // namespace rtlgen::cli

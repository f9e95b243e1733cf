// SPDX-License-Identifier: Apache-2.0
// `rtlgen verify --batch`: JSON lines in, a verdict a line out.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/commands.h"
#include "cli/machine.h"
#include "cli/workflow/batch_line.h"

namespace CLI {
class App;
}

namespace rtlgen::cli {

struct VerifyBatchOptions {
    std::vector<std::string> input;  ///< what --batch was given: one word or none
    bool wanted = false;             ///< --batch was given
    std::string problems;            ///< a file of Problems
    std::optional<double> deadline;  ///< in seconds
};

/// Adds --batch, --problems and --deadline.
void add_verify_batch_options(CLI::App& app, VerifyBatchOptions& options);

/// Judges the lines. `defaults`: what the command line says of each; its words of sources (top,
/// parameters, defines) are added. Gives the exit code of all lines.
/// Errors: InvalidArgument, those of open_machine, of a file of Problems, and of run_batch.
Result<int> verify_batch(const VerifyBatchOptions& options, workflow::BatchDefaults defaults,
                         const MachineOptions& machine, Session& session);

}  // namespace rtlgen::cli

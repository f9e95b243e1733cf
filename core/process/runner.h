// SPDX-License-Identifier: Apache-2.0
// The edge between rtlgen and other programs: everything that is executed goes through a Runner.
#pragma once

#include <stop_token>

#include "core/base/result.h"
#include "core/process/job.h"

namespace rtlgen::process {

/// Runs jobs; safe to call from several threads at once.
class Runner {
public:
    virtual ~Runner() = default;

    /// Blocks until the job has ended and no process of it is left.
    /// A program that fails, crashes or hits a limit is a JobResult; an Error is ours or the
    /// machine's: ToolMissing (argv[0] isn't there), Sandbox, Io, Interrupted (by `stop`).
    virtual Result<JobResult> run(const JobSpec& job, std::stop_token stop) = 0;

    Result<JobResult> run(const JobSpec& job) { return run(job, {}); }

    [[nodiscard]] virtual IsolationLevel level() const = 0;
};

}  // namespace rtlgen::process

// SPDX-License-Identifier: Apache-2.0
// A job kept in a folder, to be looked at and run again by hand (`--keep`).
#pragma once

#include <filesystem>

#include "core/base/result.h"
#include "core/process/job.h"

namespace rtlgen::process {

/// Makes `folder` (with its parents) and writes into it:
///   job.sh        the steps with their arguments and environment, to be run by hand in `work`,
///                 WITHOUT a jail; it stops where the job would have
///   work/         the inputs
///   step-N.out, step-N.err   what each step that ran said
///   output/       the outputs that were read
///   result.txt    level, and how each step ended; or the Error
/// Files of the same names are replaced. Errors: InvalidArgument (check_job), Io.
Status write_job_record(const std::filesystem::path& folder, const JobSpec& job,
                        const Result<JobResult>& result);

/// The text of job.sh. Pure.
std::string job_script(const JobSpec& job);

}  // namespace rtlgen::process

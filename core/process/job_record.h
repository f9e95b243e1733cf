// SPDX-License-Identifier: Apache-2.0
// A job as a folder that a person can read and run by hand: what `--keep` leaves.
#pragma once

#include <filesystem>
#include <string>

#include "core/base/result.h"
#include "core/process/job.h"

namespace rtlgen::process {

/// The script job.sh: runs the steps, without a jail, in a fresh copy of `inputs`, under the
/// environment that they had. Pure.
std::string job_script(const JobSpec& job);

/// Writes into `folder` (made, must be empty or new):
///   job.sh          the steps by hand
///   inputs/...      what the work folder held before the first step
///   outputs/...     what was read out of it
///   step-N.out, .err  what step N (from 1) printed
///   result.txt      a line a step: end, exit code or signal, wall and CPU time in microseconds
/// An output over `output_cap` is named in result.txt and left out.
/// Errors: InvalidArgument (a path that leaves the folder), Io.
Status write_job_record(const std::filesystem::path& folder, const JobSpec& job,
                        const JobResult& result, Bytes output_cap = gibibytes(1));

}  // namespace rtlgen::process

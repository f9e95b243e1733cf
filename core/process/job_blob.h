// SPDX-License-Identifier: Apache-2.0
// A job as the bytes that the helper reads (jail/wire.h has the layout).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/process/jail/wire.h"
#include "core/process/job.h"

namespace rtlgen::process {

/// What the runner adds to a job.
struct JailSetting {
    jail::Mode mode = jail::Mode::Namespaces;
    std::uint64_t parent_pid = 0;
    std::uint32_t drop_uid = 0;  ///< 0: stay who it is
    std::uint32_t drop_gid = 0;
    std::uint64_t base_tasks = 0;  ///< tasks of the same user that are not the job's
    std::string work;              ///< the work folder, as the job sees it
    std::string tmp;
    std::string seccomp;                ///< a BPF program; empty: none
    std::vector<std::string> readable;  ///< paths that Landlock opens
};

/// Whether a job can be run at all: names of inputs, outputs and binds, NUL bytes, limits,
/// arguments longer than the kernel takes (128 KiB one, 2 MiB all).
/// Error InvalidArgument; the message names the job.
Status check_job(const JobSpec& job);

/// The environment of a step: the fixed part, then the step's own.
std::vector<std::string> step_environment(const Step& step, const JailSetting& setting);

std::string encode_job(const JobSpec& job, const JailSetting& setting);

}  // namespace rtlgen::process

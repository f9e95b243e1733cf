// SPDX-License-Identifier: Apache-2.0
// Host files that a job may read, copied first where the job's user could not.
#pragma once

#include <memory>
#include <vector>

#include "core/base/result.h"
#include "core/base/temp_folder.h"
#include "core/process/job_user.h"

namespace rtlgen::process {

struct StagedBinds {
    std::vector<ReadOnlyBind> binds;     ///< `inside` is always set; a copy follows what it covers
    std::shared_ptr<TempFolder> copies;  ///< null where nothing was copied
};

/// Checks that every bind is there and readable. Where the job runs as another user than rtlgen
/// (root's jobs), a bind is shown as it is, and in front of those of its parts that that user could
/// not read stand copies of what a tool could want of them (private_parts.h; 64 MiB in all). What
/// lies in folders whose name begins with a dot is neither copied nor opened.
/// A level below S2 shows a job the host's own paths: `inside` must be `host`, nothing is copied,
/// and every folder above it and all that a tool could want in it must be open to the job's user.
/// Errors: NotFound, Unreadable, InvalidArgument, Io.
Result<StagedBinds> stage_binds(const std::vector<ReadOnlyBind>& binds, const JobUser& user,
                                IsolationLevel level);

}  // namespace rtlgen::process

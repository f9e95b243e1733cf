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
    std::vector<ReadOnlyBind> binds;     ///< `inside` is always set
    std::shared_ptr<TempFolder> copies;  ///< null where nothing was copied
};

/// Checks that every bind is there and readable. Where the job runs as another user than rtlgen
/// (root's jobs) and that one could not read a bind, a copy of it (up to 64 MiB in all) is bound.
/// A level below S2 shows a job the host's own paths: `inside` must be `host`, nothing is copied,
/// and every folder above it must be open to the job's user. Errors: NotFound, Unreadable,
/// InvalidArgument.
Result<StagedBinds> stage_binds(const std::vector<ReadOnlyBind>& binds, const JobUser& user,
                                IsolationLevel level);

}  // namespace rtlgen::process

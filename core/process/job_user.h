// SPDX-License-Identifier: Apache-2.0
// As whom and where a job runs.
#pragma once

#include <cstdint>
#include <memory>

#include "core/base/result.h"
#include "core/base/temp_folder.h"
#include "core/process/job_blob.h"

namespace rtlgen::process {

/// The user that the helper becomes; 0: it stays who rtlgen is.
struct JobUser {
    std::uint32_t uid = 0;
    std::uint32_t gid = 0;
};

/// RLIMIT_NPROC doesn't bind root, and a root process in a jail is one hole away from the machine:
/// root's jobs run as a user that owns nothing, one for each slot (number: JobSlots::first_user() +
/// slot, below 140,000,000). Level S0 changes nobody.
JobUser job_user(IsolationLevel level, std::uint32_t number);

/// The part of the setting that says where the work folder is, and the folder's owner.
struct JobPlace {
    JailSetting setting;
    std::shared_ptr<TempFolder> folder;  ///< levels without a mount namespace
};
Result<JobPlace> make_place(IsolationLevel level, const JobUser& user);

}  // namespace rtlgen::process

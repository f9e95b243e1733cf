// SPDX-License-Identifier: Apache-2.0
// How many jobs run at once on this machine for this user, over all rtlgen processes.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <stop_token>

#include "core/base/cache_folder.h"
#include "core/base/result.h"
#include "core/process/unique_fd.h"

namespace rtlgen::process {

/// A taken slot; given back at the end of the object's life, or with the process, however it ends.
class JobSlot {
public:
    JobSlot(int number, UniqueFd lock) : number_(number), lock_(std::move(lock)) {}
    /// 0 .. count-1; no two jobs that run at the same time have the same.
    [[nodiscard]] int number() const { return number_; }

private:
    int number_;
    UniqueFd lock_;
};

/// Files `0`, `1`, ... in one folder, each locked by whoever runs a job.
class JobSlots {
public:
    /// Makes the folder. count: 1 or more. Error Io.
    static Result<JobSlots> open(std::filesystem::path folder, int count);

    /// Waits for a free slot. Of each process one thread asks at a time, and who has waited for
    /// long asks more often, so that none starves beside one with many jobs. Error Interrupted by
    /// `stop`; Io.
    Result<JobSlot> take(const std::stop_token& stop) const;

    [[nodiscard]] int count() const { return count_; }

    /// Another number, a multiple of 256 below 128,000,000, for (almost) every folder: jobs of two
    /// folders must not run as the same user, whose processes the kernel would count together.
    [[nodiscard]] std::uint32_t first_user() const;

private:
    struct Queue;  ///< of this process's threads
    JobSlots(std::filesystem::path folder, int count);
    Result<JobSlot> poll(const std::stop_token& stop) const;

    std::filesystem::path folder_;
    int count_;
    std::shared_ptr<Queue> queue_;
};

/// /run/rtlgen/slots for root, $XDG_RUNTIME_DIR/rtlgen/slots for a user that has it, else in
/// the cache, else (no home, full quota) in the folder for temporary files.
std::filesystem::path default_slot_folder(const CacheFolder& cache);

/// The processors that this process may use.
int default_slot_count();

}  // namespace rtlgen::process

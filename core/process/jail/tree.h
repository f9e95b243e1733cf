// SPDX-License-Identifier: Apache-2.0
// All processes of the job: counted, measured and killed.
#pragma once

#include <sys/resource.h>
#include <sys/types.h>

#include <cstdint>

namespace rtlgen::jail {

struct TreeUse {
    std::uint64_t tasks = 0;  ///< processes and threads
    std::uint64_t resident_bytes = 0;
    std::uint64_t largest_address_bytes = 0;  ///< of one process
};

/// What the helper's descendants use now.
TreeUse measure_descendants();

/// Kills every descendant, those of other groups and sessions and those without a main thread too,
/// and reaps them. Nothing of the job is left when it returns; where rtlgen reads no more or wants
/// an end it does not return (stop_now). `on_reaped` may be null.
using Reaped = void (*)(void* context, pid_t pid, int status, const rusage& usage);
void kill_descendants(Reaped on_reaped = nullptr, void* context = nullptr);

}  // namespace rtlgen::jail

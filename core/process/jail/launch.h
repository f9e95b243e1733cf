// SPDX-License-Identifier: Apache-2.0
// What happens between fork and exec of a step.
#pragma once

#include <sys/types.h>

#include <cstdint>

#include "core/process/jail/step.h"

namespace rtlgen::jail {

/// Room in the address space of each process beside the limit on memory, for stacks and allocator
/// arenas of threads, which are reserved, not used.
inline constexpr std::uint64_t kAddressSlack = 1ULL << 30U;

struct Launched {
    pid_t pid = -1;
    int out = -1;  ///< read ends, non-blocking
    int err = -1;
    const volatile int* exec_errno = nullptr;  ///< set where exec failed
};

/// Starts argv[0] of the step under its limits, Landlock and seccomp.
Launched launch(const Workshop& shop, const StepSpec& step);

}  // namespace rtlgen::jail

// SPDX-License-Identifier: Apache-2.0
// One step: started under its limits, listened to, watched, and ended with all that it started.
#pragma once

#include "core/process/jail/spec.h"

namespace rtlgen::jail {

/// What all steps of a job share.
struct Workshop {
    const Spec& spec;
    int work_folder = -1;  ///< opened before the first step
    int signals = -1;      ///< a signalfd of SIGCHLD and SIGTERM
    int landlock = -1;     ///< a ruleset, or -1
};

/// Runs a step to its end and sends its frames. No process of it is left.
/// Returns whether it exited with 0.
bool run_step(const Workshop& shop, std::uint32_t index);

}  // namespace rtlgen::jail

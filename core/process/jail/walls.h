// SPDX-License-Identifier: Apache-2.0
// The walls that the helper builds: its own privileges given up, files closed, Landlock.
#pragma once

#include "core/process/jail/spec.h"

namespace rtlgen::jail {

/// No new privileges, no readable memory of the helper, no inherited file but the two.
void seal_helper();

/// Where the job names a user: gives it the work folders and becomes it, all capabilities gone.
void drop_user(const Spec& spec);

/// Closes every file from `first` on at exec.
bool close_other_files(unsigned first);

/// The version of Landlock that the kernel has; 0: none.
int landlock_version();

/// A ruleset for the job: /usr and `readable` to read and execute, work and tmp to do anything.
/// -1 where the kernel has no Landlock.
int make_landlock(const Spec& spec);

/// Restricts the calling process; true for ruleset -1, which means none.
bool enter_landlock(int ruleset);

/// On the bare host: no call of the calling process, and of what it starts, signals anybody but (in
/// this one process) itself. Signals that a file sends to its owner are the job's own filter's.
bool fence_signals();

}  // namespace rtlgen::jail

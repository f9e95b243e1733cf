// SPDX-License-Identifier: Apache-2.0
// How far a Run has come, while it runs: a line for each Attempt that ended, and below them, where
// somebody watches, a line that is written over, with what is left.
#pragma once

#include <ostream>

#include "cli/commands.h"
#include "core/base/clock.h"
#include "core/store/attempt.h"

namespace rtlgen::cli {

/// Used by one thread at a time. No colours.
class Progress {
public:
    struct Expected {
        int samples = 1;
        int done = 0;  ///< first answers that were there before
    };
    /// `err` and `clock` outlive it.
    Progress(std::ostream& err, Streams::Watched watched, Expected expected, const Clock& clock);
    /// Takes the line below away.
    ~Progress();
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    void tell(const store::Attempt& attempt);

private:
    void clear_line();
    void show_line();

    std::ostream& err_;
    Streams::Watched watched_;
    Expected expected_;
    const Clock& clock_;
    Clock::SteadyTime started_;
    int new_samples_ = 0;
    int repairs_ = 0;
    int passed_ = 0;
    bool shown_ = false;
};

}  // namespace rtlgen::cli

// SPDX-License-Identifier: Apache-2.0
// What a command that judges or runs tools opens first: the jail, the tools, the caches.
#pragma once

#include <memory>

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/process/sandbox.h"
#include "core/tools/toolset.h"
#include "verify/judge.h"

namespace CLI {
class App;
}

namespace rtlgen::cli {

struct MachineOptions {
    bool unsafe_no_sandbox = false;
    int jobs = 0;  ///< at once; 0: as many as processors
};

/// Adds --unsafe-no-sandbox and --jobs.
void add_machine_options(CLI::App& app, MachineOptions& options);

/// A runner whose canary stayed in, and the tools that were probed in it.
struct Machine {
    std::unique_ptr<process::Runner> runner;
    tools::ProbeReport probe;
    std::unique_ptr<Clock> clock;
    CacheFolder cache_dir;
    std::size_t jobs = 1;  ///< that run at once

    [[nodiscard]] verify::JudgeTools judge_tools() const {
        return {probe.toolset, *runner, *clock, cache_dir};
    }
};

/// The configuration's cache.max_size. Errors: Config, Unreadable.
Result<Bytes> cache_size();

/// Errors: Sandbox, Io, Interrupted, those of cache_size().
Result<Machine> open_machine(const MachineOptions& options, const std::stop_token& stop = {});

}  // namespace rtlgen::cli

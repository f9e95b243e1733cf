// SPDX-License-Identifier: Apache-2.0
// The strongest isolation that works here, proven by a canary before anything else runs.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/base/cache_folder.h"
#include "core/base/result.h"
#include "core/process/runner.h"

namespace rtlgen::process {

struct SandboxChoice {
    /// Below it make_runner gives an Error. `serve`, `mcp` and rewards ask for S2.
    IsolationLevel minimum = IsolationLevel::S1;
    /// No stronger one is tried. S0 is taken only where this is S0: `--unsafe-no-sandbox`.
    IsolationLevel maximum = IsolationLevel::S3;
    std::filesystem::path bwrap;        ///< empty: looked for in /usr/bin, /usr/local/bin, /bin
    CacheFolder cache_dir;              ///< empty: default_cache()
    std::filesystem::path slot_folder;  ///< empty: default_slot_folder()
    int slots = 0;                      ///< jobs at once; 0: as many as processors
    /// Whether a canary that sang since the machine was started, with the same kernel, bubblewrap
    /// and user, is believed.
    enum class ProbeCache { Use, Ignore } probe_cache = ProbeCache::Use;
};

/// One level that was tried.
struct LevelReport {
    IsolationLevel level = IsolationLevel::S0;
    bool works = false;
    std::string reason;  ///< where it doesn't: what failed
    std::string remedy;  ///< and what to install or enable
};

/// Tries every level from `choice.maximum` down to S1, whatever the minimum says (`doctor`).
Result<std::vector<LevelReport>> probe_levels(const SandboxChoice& choice);

/// The runner of the strongest level within the choice whose canary stays in: it can't read a
/// secret file or /etc, write outside, open a socket, reach another process, become root or start
/// processes without bound, and /usr/bin/true runs. Never by version.
/// Error Sandbox, with what to install or enable, where the minimum can't be had.
Result<std::unique_ptr<Runner>> make_runner(const SandboxChoice& choice);

}  // namespace rtlgen::process

// SPDX-License-Identifier: Apache-2.0
// A command of the user's own, run by the shell outside of any jail.
#pragma once

#include <chrono>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "core/base/result.h"

namespace rtlgen::process {

struct SiteCommand {
    std::string shell_text;                                ///< for `/bin/sh -c`
    std::vector<std::string> arguments;                    ///< "$@"
    std::vector<std::pair<std::string, std::string>> env;  ///< added to rtlgen's own
    std::chrono::milliseconds limit{600'000};
};

struct SiteCommandResult {
    bool timed_out = false;
    int exit_code = 0;  ///< 128 + signal where a signal ended it
    std::string out;    ///< standard output and error together, at most 1 MiB
};

/// Blocks until the command itself has ended, at most until the limit or a `stop`, whoever holds
/// its output; then its process group is killed. Errors: Io, Interrupted.
Result<SiteCommandResult> run_site_command(const SiteCommand& command, const std::stop_token& stop);

}  // namespace rtlgen::process

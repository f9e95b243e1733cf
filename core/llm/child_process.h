// SPDX-License-Identifier: Apache-2.0
// One program outside the jail, in its own process group: bytes in, bytes out, killed when asked.
#pragma once

#include <chrono>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/base/units.h"

namespace rtlgen::llm {

struct ChildSpec {
    std::vector<std::string> argv;  ///< argv[0] is looked up in PATH
    std::string input;              ///< written to standard input, then closed
    std::chrono::milliseconds timeout{600'000};
    Bytes out_cap = mebibytes(16);  ///< more output than this ends the child
};

struct ChildResult {
    int exit_code = -1;  ///< where it exited
    int signal = 0;      ///< where a signal ended it
    std::string out;
    std::string err;  ///< the first 64 KiB
};

/// Blocks until the child has failed, or has ended and nothing that it started holds its standard
/// output open; at most until the timeout or a stop. Then its whole group gets SIGKILL.
/// Errors: ToolMissing, Timeout, Interrupted, Model (over out_cap), Io.
Result<ChildResult> run_child(const ChildSpec& spec, const std::stop_token& stop);

}  // namespace rtlgen::llm

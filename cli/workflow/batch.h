// SPDX-License-Identifier: Apache-2.0
// Many lines judged: several at once, answered in their order, none read long before it is needed.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "cli/workflow/batch_line.h"
#include "core/base/clock.h"
#include "core/base/lines.h"
#include "core/base/result.h"
#include "verify/judge.h"

namespace rtlgen::workflow {

struct BatchParts {
    /// The next line of the input; called by one thread.
    std::function<Result<std::optional<InputLine>>(const std::stop_token&)> next_line;
    /// Writes a line and its end; called by one thread.
    std::function<Status(std::string_view, const std::stop_token&)> write_line;
    /// Called from several threads at once.
    std::function<Result<Verdict>(const verify::JudgeRequest&, std::stop_token)> judge;
    /// A verdict that no check gave, for a line whose time is over.
    std::function<Verdict(const verify::JudgeRequest&, VerdictClass, Finding)> unjudged;
    Clock& clock;
    std::string input_name;   ///< for messages: "standard input"
    std::size_t workers = 1;  ///< lines judged at once, at least 1
};

/// What the lines came to.
struct BatchCounts {
    std::size_t pass = 0;
    std::size_t fail = 0;
    std::size_t unknown = 0;
    std::size_t tool_error = 0;
    std::size_t refused = 0;  ///< lines that can't be judged as they are
    std::size_t broken = 0;   ///< lines that the machine couldn't judge
    std::size_t shared = 0;   ///< of the verdicts, those of an equal candidate
    [[nodiscard]] std::size_t lines() const {
        return pass + fail + unknown + tool_error + refused + broken;
    }
};

/// Reads, judges and writes until the input's end: a line of output for each line of input but
/// those that are empty or give a Problem alone. Reads at most kAhead lines a worker (and about
/// kMostBytes) further than it has written. A line past its deadline is Unknown, class timeout; one
/// that can't be judged is `rtlgen.error.v1`; both with the line's id. After a stop the lines that
/// are ready are written, whole, and none after the first that isn't.
/// Errors: Interrupted; Io of the output; Unreadable of the input, after all that came before.
Result<BatchCounts> run_batch(BatchLines& lines, const BatchParts& parts,
                              const std::stop_token& stop);
inline constexpr std::size_t kAhead = 3;
inline constexpr Bytes kMostBytes = mebibytes(64);

/// 3 where a tool or the machine broke, else 2 where a line couldn't be judged, else 1 where a
/// design failed, else 4 where a verdict is unknown, else 0.
[[nodiscard]] int exit_code(const BatchCounts& counts);

}  // namespace rtlgen::workflow

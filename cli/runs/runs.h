// SPDX-License-Identifier: Apache-2.0
// The subcommands of `rtlgen runs`, a file each.
#pragma once

#include <string>
#include <vector>

#include "cli/commands.h"
#include "cli/machine.h"
#include "core/store/run_store.h"

namespace rtlgen::cli {

struct RunsOptions {
    MachineOptions machine;
    std::string root = "rtlgen-runs";
    std::string run;
    std::string attempt;
    std::string other;  ///< the second Attempt of a diff
    bool json = false;
    bool all = false;  ///< of export: Attempts without an answer too
};

/// A Run, read whole.
struct ReadRun {
    store::RunStore store;
    store::RunInfo info;
    store::RunState state = store::RunState::Finished;
    std::chrono::milliseconds busy{0};
    std::vector<store::Attempt> attempts;
};

/// Errors: those of RunStore.
Result<ReadRun> read_run(const std::string& folder);
/// The Attempt called `name` ("s01.t0"). Error NotFound.
Result<store::Attempt> find_attempt(const ReadRun& run, const std::string& name);
/// "2001-09-09 01:46:40" of milliseconds since 1970, in UTC.
[[nodiscard]] std::string time_text(std::int64_t milliseconds);
/// "finished", "running", or "unfinished" where nobody works at what is left.
[[nodiscard]] std::string state_text(const ReadRun& run);

/// The Runs in a folder. A Run that can't be read is told and doesn't hide the others; where none
/// can, its Error.
Result<int> list_runs(const RunsOptions& options, Session& session);
/// A Run's Attempts and totals, or one Attempt.
Result<int> show_run(const RunsOptions& options, Session& session);
/// What was asked, and what was answered, as it came.
Result<int> print_prompt(const RunsOptions& options, Session& session);
Result<int> print_answer(const RunsOptions& options, Session& session);
/// A unified diff of two Attempts' designs, and what differs in their verdicts. 0: nothing differs.
Result<int> diff_attempts(const RunsOptions& options, Session& session);
/// Judges all Attempts again with the tools of this machine. 0: every verdict is the same.
Result<int> reproduce_run(const RunsOptions& options, Session& session);
/// A JSON line (`rtlgen.attempt.v1`) for each Attempt, which `replay:` reads too.
Result<int> export_run(const RunsOptions& options, Session& session);

}  // namespace rtlgen::cli

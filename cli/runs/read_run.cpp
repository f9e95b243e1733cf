// SPDX-License-Identifier: Apache-2.0
// Reading a Run for the subcommands of `runs`.
#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>

#include "cli/runs/runs.h"

namespace rtlgen::cli {

Result<ReadRun> read_run(const std::string& folder) {
    TRY_ASSIGN(store::RunStore store, store::RunStore::open(folder));
    TRY_ASSIGN(store::RunInfo info, store.info());
    TRY_ASSIGN(const store::RunState state, store.state());
    TRY_ASSIGN(const std::chrono::milliseconds busy, store.busy_time());
    TRY_ASSIGN(std::vector<store::Attempt> attempts, store.attempts());
    return ReadRun{std::move(store), std::move(info), state, busy, std::move(attempts)};
}

Result<store::Attempt> find_attempt(const ReadRun& run, const std::string& name) {
    const auto found = std::ranges::find_if(
        run.attempts, [&](const store::Attempt& attempt) { return attempt.folder_name() == name; });
    if (found != run.attempts.end()) return *found;
    return fail(ErrorCode::NotFound,
                "the run has no attempt " + name + "; rtlgen runs show lists them",
                run.store.folder().string());
}

std::string time_text(std::int64_t milliseconds) {
    const auto seconds = static_cast<std::time_t>(milliseconds / 1000);
    return fmt::format("{:%Y-%m-%d %H:%M:%S}", fmt::gmtime(seconds));
}

std::string state_text(const ReadRun& run) {
    if (run.state == store::RunState::Finished) return "finished";
    return store::RunLock::is_held(run.store.folder()) ? "running" : "unfinished";
}

}  // namespace rtlgen::cli

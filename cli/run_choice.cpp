// SPDX-License-Identifier: Apache-2.0
#include "cli/run_choice.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <ranges>

#include "cli/keep.h"
#include "core/base/text.h"

namespace rtlgen::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kRuns = "rtlgen-runs";

std::string default_name(const store::RunInfo& info) {
    return timed_name(Clock::WallTime(std::chrono::milliseconds(info.started_at)), info.problem);
}

/// mkdir tells whose the folder is: of two processes in one second one only makes it.
Result<fs::path> claim_folder(const store::RunInfo& info) {
    const std::string base = default_name(info);
    std::error_code error;
    fs::create_directories(kRuns, error);
    fs::path folder;
    constexpr int kMost = 10'000;
    for (int i = 1; i < kMost && !error; ++i) {
        folder = fs::path(kRuns) / (i == 1 ? base : fmt::format("{}-{}", base, i));
        if (fs::create_directory(folder, error)) return folder;
    }
    return fail(ErrorCode::Io, "can't be made: " + error.message(), folder.string());
}

bool has_work(store::RunState state, const std::vector<store::Attempt>& attempts,
              workflow::RetryErrors retry) {
    return state != store::RunState::Finished ||
           std::ranges::any_of(attempts, [&](const store::Attempt& attempt) {
               return workflow::is_tried_again(attempt, retry);
           });
}

Result<ChosenRun> go_on(const fs::path& folder, const RunChoice& choice, std::int64_t now) {
    {
        TRY_ASSIGN(store::RunStore run, store::RunStore::open(folder));
        TRY_ASSIGN(const store::RunState state, run.state());
        TRY_ASSIGN(std::vector<store::Attempt> attempts, run.attempts());
        if (!has_work(state, attempts, choice.retry)) {
            return ChosenRun{std::move(run), std::move(attempts), ChosenRun::Work::None};
        }
    }
    TRY_ASSIGN(store::RunStore run, store::RunStore::resume(folder, now));
    // Another process may have written it until its lock was free.
    TRY_ASSIGN(std::vector<store::Attempt> attempts, run.attempts());
    TRY(run.set_state(store::RunState::Running, now));
    TRY(run.log(now, "resumed"));
    return ChosenRun{std::move(run), std::move(attempts), ChosenRun::Work::Rest};
}

void tell_rest(const ChosenRun& chosen, std::ostream& err) {
    const auto count = [&](auto member) { return std::ranges::count_if(chosen.earlier, member); };
    const auto answered = count([](const store::Attempt& a) { return a.completion.has_value(); });
    const auto judged = count([](const store::Attempt& a) { return a.verdict.has_value(); });
    const auto failed = count([](const store::Attempt& a) { return a.error.has_value(); });
    const std::string folder = escape_for_terminal(chosen.store.folder().string());
    if (chosen.work == ChosenRun::Work::None) {
        err << "run " << folder << " is finished: nothing is asked or judged\n";
        return;
    }
    err << fmt::format("run {} is resumed: {} answers and {} verdicts are there", folder, answered,
                       judged);
    if (failed > 0) err << ", " << failed << " had failed";
    err << " (--fresh starts anew)\n";
}

/// The Run in `folder`, or none where nothing was written there.
Result<std::optional<ChosenRun>> run_in(const fs::path& folder, const RunChoice& choice,
                                        const store::RunInfo& info) {
    Result<store::RunStore> run = store::RunStore::open(folder);
    if (!run && run.error().code == ErrorCode::NotFound) return std::nullopt;
    if (!run) return tl::unexpected<Error>(run.error());
    const Result<store::RunInfo> there = run->info();
    // A process that was killed before it wrote what the Run is of.
    if (!there && there.error().code == ErrorCode::Unreadable) return std::nullopt;
    if (!there) return tl::unexpected<Error>(there.error());
    if (there->key != info.key) {
        return fail(ErrorCode::InvalidArgument,
                    there->key.empty()
                        ? "holds a run of an older rtlgen, which can't be resumed; name another "
                          "--run-dir"
                        : "holds a run of other work (specification, model, sampling, counts, "
                          "templates or what judges differ); name another --run-dir",
                    folder.string());
    }
    TRY_ASSIGN(ChosenRun chosen, go_on(folder, choice, info.started_at));
    return chosen;
}

/// Whatever keeps a Run from being read is no reason not to begin a new one.
std::optional<ChosenRun> newest_unfinished(const RunChoice& choice, const store::RunInfo& info) {
    // "20260131-235959-NAME", maybe "-2": other specifications' Runs needn't be opened.
    const std::string suffix = default_name(info).substr(std::string("20260131-235959").size());
    for (const fs::path& folder : store::find_runs(kRuns) | std::views::reverse) {
        if (folder.filename().string().find(suffix) == std::string::npos) continue;
        Result<store::RunStore> run = store::RunStore::open(folder);
        if (!run) continue;
        const Result<store::RunInfo> there = run->info();
        const Result<store::RunState> state = run->state();
        if (!there || there->key != info.key || !state) continue;
        if (*state == store::RunState::Finished) continue;
        Result<ChosenRun> chosen = go_on(folder, choice, info.started_at);
        if (chosen && chosen->work == ChosenRun::Work::Rest) return *std::move(chosen);
    }
    return std::nullopt;
}

Result<std::optional<ChosenRun>> earlier_run(const RunChoice& choice, const store::RunInfo& info) {
    if (choice.start == RunChoice::Start::Fresh) return std::nullopt;
    if (choice.run_dir.empty()) return newest_unfinished(choice, info);
    return run_in(choice.run_dir, choice, info);
}

}  // namespace

Result<ChosenRun> choose_run(const RunChoice& choice, const store::RunInfo& info,
                             std::ostream& err) {
    TRY_ASSIGN(std::optional<ChosenRun> chosen, earlier_run(choice, info));
    if (chosen) {
        tell_rest(*chosen, err);
        return *std::move(chosen);
    }
    Result<fs::path> folder =
        choice.run_dir.empty() ? claim_folder(info) : Result<fs::path>(choice.run_dir);
    if (!folder) return tl::unexpected<Error>(folder.error());
    TRY_ASSIGN(store::RunStore store, store::RunStore::create(*folder, info));
    err << "run " << escape_for_terminal(folder->string()) << "\n";
    return ChosenRun{std::move(store), {}, ChosenRun::Work::New};
}

}  // namespace rtlgen::cli

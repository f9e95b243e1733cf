// SPDX-License-Identifier: Apache-2.0
// A Run: a folder with run.sqlite, run.log and a folder of files for each Attempt.
//
//     run.sqlite              every Attempt; the files below are copies for people and tools
//     run.log                 what happened when, a line each
//     lock                    held while a process writes
//     attempts/s01.t0/        prompt.md answer.md candidate.sv verdict.json judge/
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/store/attempt.h"
#include "core/store/run_lock.h"
#include "core/store/sqlite.h"

namespace rtlgen::store {

/// What a Run was started with; none of it is secret.
struct RunInfo {
    std::string command;  ///< "generate"
    std::string problem;
    std::string spec_text;
    std::string spec_path;
    std::string model;
    std::string options;          ///< a JSON object
    std::string version;          ///< of rtlgen
    std::int64_t started_at = 0;  ///< milliseconds since 1970 (UTC)
    /// Hash of all that decides the work: Runs of one key do the same. Empty in old Runs.
    std::string key;
    std::string judge;  ///< JSON of what its candidates are judged with; empty in old Runs
    bool operator==(const RunInfo&) const = default;
};

/// Running: a process writes it, or was killed; Interrupted: there is work left; Finished: none is.
enum class RunState { Running, Interrupted, Finished };
std::string_view to_string(RunState state);

/// The database's file name in a Run's folder.
inline constexpr std::string_view kRunDatabase = "run.sqlite";

/// Writes and reads one Run; used by one thread at a time.
class RunStore {
public:
    /// Makes the folder and its parents. Errors: InvalidArgument (the folder holds a Run already),
    /// Io (another process writes it, ...).
    static Result<RunStore> create(const std::filesystem::path& folder, const RunInfo& info);
    /// To go on with a Run at the time `now`; brings its database to the newest schema.
    /// Errors: NotFound, Config, Unreadable, Io (another process writes it).
    static Result<RunStore> resume(const std::filesystem::path& folder, std::int64_t now);
    /// For reading alone. Errors: NotFound (no Run there), Config (of a newer rtlgen), Unreadable.
    static Result<RunStore> open(const std::filesystem::path& folder);

    /// Inserts the Attempt, or replaces what is known of its (sample, turn), on disk when this
    /// returns.
    Status save(const Attempt& attempt) { return save_all({&attempt, 1}); }
    /// The same for several, in their order: all of them or, with an Error, none.
    Status save_all(std::span<const Attempt> attempts);
    Status set_state(RunState state, std::int64_t now);
    /// One line into run.log, with the time in milliseconds since 1970 in front.
    Status log(std::int64_t now, std::string_view line);

    Result<RunInfo> info();
    Result<RunState> state();
    /// How long processes have worked at it, in all.
    Result<std::chrono::milliseconds> busy_time();
    /// By sample, then turn.
    Result<std::vector<Attempt>> attempts();

    [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }
    [[nodiscard]] std::filesystem::path attempt_folder(const Attempt& attempt) const;

private:
    RunStore(std::filesystem::path folder, Database database);
    Status insert_run(const RunInfo& info);
    Status insert_all(std::span<const Attempt> attempts);
    Status update_state(RunState state, std::int64_t now);
    Status begin_session(std::int64_t now);
    Status touch_session(std::int64_t now);

    std::filesystem::path folder_;
    std::unique_ptr<RunLock> lock_;
    Database database_;
};

/// Folders under `root` that hold a Run, sorted by name; an absent root has none.
[[nodiscard]] std::vector<std::filesystem::path> find_runs(const std::filesystem::path& root);

}  // namespace rtlgen::store

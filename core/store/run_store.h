// SPDX-License-Identifier: Apache-2.0
// A Run: a folder with run.sqlite, run.log and a folder of files for each Attempt.
//
//     run.sqlite              every Attempt; the files below are copies for people and tools
//     run.log                 what happened when, a line each
//     lock                    held while a process writes
//     attempts/s01.t0/        prompt.md answer.md candidate.sv verdict.json judge/
#pragma once

#include <filesystem>
#include <memory>
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
    bool operator==(const RunInfo&) const = default;
};

/// The database's file name in a Run's folder.
inline constexpr std::string_view kRunDatabase = "run.sqlite";

/// Writes and reads one Run; used by one thread at a time.
class RunStore {
public:
    /// Makes the folder and its parents. Errors: InvalidArgument (the folder holds a Run already),
    /// Io.
    static Result<RunStore> create(const std::filesystem::path& folder, const RunInfo& info);
    /// For reading alone. Errors: NotFound (no Run there), Config (of a newer rtlgen), Unreadable.
    static Result<RunStore> open(const std::filesystem::path& folder);

    /// Inserts the Attempt, or replaces what is known of its (sample, turn), on disk when this
    /// returns.
    Status save(const Attempt& attempt);
    /// One line into run.log, with the time in milliseconds since 1970 in front.
    Status log(std::int64_t now, std::string_view line);

    Result<RunInfo> info();
    /// By sample, then turn.
    Result<std::vector<Attempt>> attempts();

    [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }
    [[nodiscard]] std::filesystem::path attempt_folder(const Attempt& attempt) const;

private:
    RunStore(std::filesystem::path folder, Database database);
    Status write_files(const Attempt& attempt) const;

    std::filesystem::path folder_;
    std::unique_ptr<RunLock> lock_;
    Database database_;
};

/// Folders under `root` that hold a Run, sorted by name; an absent root has none.
[[nodiscard]] std::vector<std::filesystem::path> find_runs(const std::filesystem::path& root);

}  // namespace rtlgen::store

// SPDX-License-Identifier: Apache-2.0
#include "cli/keep.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "cli/option_values.h"
#include "core/base/files.h"
#include "core/base/text.h"
#include "core/process/recording_runner.h"

namespace rtlgen::cli {
namespace {

namespace fs = std::filesystem;

/// A folder that this process alone has made its own.
struct WorkFolder {
    fs::path path;
    bool made = false;         ///< by us, as opposed to an empty one of the user's
    bool made_parent = false;  ///< rtlgen-work itself
};

fs::path jobs_of(const WorkFolder& work) { return work.path / "jobs"; }

/// mkdir tells whose the folder is: of two processes one only makes it.
Result<WorkFolder> claim_named(const fs::path& path) {
    WorkFolder work{fs::absolute(path).lexically_normal()};
    std::error_code error;
    fs::create_directories(work.path.parent_path(), error);
    work.made = fs::create_directory(work.path, error);
    if (error || !fs::is_directory(work.path)) {
        return fail(ErrorCode::Io, "can't be made: " + error.message(), path.string());
    }
    const bool empty = fs::is_empty(work.path, error);
    if (!empty || error || !fs::create_directory(jobs_of(work), error)) {
        return fail(ErrorCode::InvalidArgument,
                    "--work-dir takes a new or empty folder; this one holds something or is in use",
                    path.string());
    }
    return work;
}

Result<WorkFolder> claim_fresh(const std::string& name) {
    std::error_code error;
    WorkFolder work;
    const fs::path parent = fs::absolute("rtlgen-work", error);
    work.made_parent = fs::create_directory(parent, error);
    constexpr int kMost = 10'000;
    for (int i = 1; i < kMost && !error; ++i) {
        work.path = parent / (i == 1 ? name : fmt::format("{}-{}", name, i));
        work.made = fs::create_directory(work.path, error);
        if (work.made) return work;
    }
    return fail(ErrorCode::Io, "can't be made: " + error.message(), work.path.string());
}

/// Leaves the file system as it was before.
void remove(const WorkFolder& work) {
    std::error_code ignored;
    fs::remove_all(jobs_of(work), ignored);
    if (work.made) fs::remove(work.path, ignored);
    if (work.made_parent) fs::remove(work.path.parent_path(), ignored);
}

void tell_unkept(std::ostream& err, const Error& error) {
    err << "rtlgen: the jobs are not kept: " << escape_for_terminal(error.text()) << "\n";
}

Result<Verdict> judge_and_tell(const verify::JudgeRequest& request, const verify::JudgeTools& tools,
                               const KeptPlace& place, std::ostream& err, std::stop_token stop) {
    Result<Verdict> verdict = judge_keeping(request, tools, place, err, std::move(stop));
    if (!verdict || verdict->work_dir) {
        err << "kept in " << escape_for_terminal(place.where.string())
            << " (jobs/*/job.sh runs a job by hand)\n";
    }
    return verdict;
}

}  // namespace

void add_keep_option(CLI::App& app, KeepOptions& options) {
    const Choices<Keep> values = {
        {"all", Keep::All}, {"failed", Keep::Failed}, {"none", Keep::None}};
    add_choice(app, "--keep", options.keep, values,
               "all, failed, none: which judgements leave their jobs as folders that run by hand");
}

void add_work_dir_option(CLI::App& app, KeepOptions& options) {
    app.add_option("--work-dir", options.work_dir,
                   "Where --keep leaves them, a new folder (default rtlgen-work/TIME-NAME)");
}

std::string timed_name(Clock::WallTime now, std::string name) {
    for (char& c : name) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                           (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
        if (!plain) c = '_';
    }
    const std::time_t seconds = Clock::WallTime::clock::to_time_t(now);
    return fmt::format("{:%Y%m%d-%H%M%S}-{}", fmt::gmtime(seconds), name.substr(0, 100));
}

Result<Verdict> judge_keeping(const verify::JudgeRequest& request, const verify::JudgeTools& tools,
                              const KeptPlace& place, std::ostream& err, std::stop_token stop) {
    if (place.keep == Keep::None) return verify::judge(request, tools, std::move(stop));
    process::RecordingRunner recorder(tools.runner, place.folder);
    const verify::JudgeTools recorded{tools.toolset, recorder, tools.clock, tools.cache_dir};
    Result<Verdict> verdict = verify::judge(request, recorded, std::move(stop));
    const bool unwanted =
        verdict && verdict->outcome == Outcome::Pass && place.keep == Keep::Failed;
    std::error_code error;
    if (unwanted) fs::remove_all(place.folder, error);
    const std::optional<Error> problem = recorder.problem();
    if (problem && !unwanted) tell_unkept(err, *problem);
    if (verdict && !unwanted && fs::exists(place.folder, error)) {
        verdict->work_dir = place.where.string();
    }
    return verdict;
}

Result<Verdict> judge_in_work_folder(const verify::JudgeRequest& request,
                                     const verify::JudgeTools& tools, const KeepOptions& options,
                                     std::ostream& err, std::stop_token stop) {
    const Keep keep = options.keep.value_or(options.work_dir.empty() ? Keep::None : Keep::All);
    if (keep == Keep::None) return verify::judge(request, tools, std::move(stop));
    const std::string& top = request.candidate.top;
    const Result<WorkFolder> work =
        options.work_dir.empty()
            ? claim_fresh(timed_name(tools.clock.wall_now(), top.empty() ? "design" : top))
            : claim_named(options.work_dir);
    if (!work) {
        if (work.error().code != ErrorCode::Io) return tl::unexpected<Error>(work.error());
        tell_unkept(err, work.error());
        return verify::judge(request, tools, std::move(stop));
    }
    const KeptPlace place{keep, jobs_of(*work), work->path};
    Result<Verdict> verdict = judge_and_tell(request, tools, place, err, std::move(stop));
    if (verdict && !verdict->work_dir) {
        remove(*work);
    } else if (verdict) {
        const Status written =
            write_file_atomic(work->path / "verdict.json", to_json(*verdict).dump() + "\n");
        if (!written) err << "rtlgen: " << escape_for_terminal(written.error().text()) << "\n";
    }
    return verdict;
}

}  // namespace rtlgen::cli

// SPDX-License-Identifier: Apache-2.0
// `--keep`: the jobs of a judgement as folders that run by hand.
//
//     WORK/verdict.json           what came of it
//     WORK/jobs/NN-NAME/job.sh    a job by hand; beside it inputs, outputs, what it printed, result
#pragma once

#include <filesystem>
#include <optional>
#include <ostream>
#include <string>

#include "core/base/result.h"
#include "verify/judge.h"

namespace CLI {
class App;
}

namespace rtlgen::cli {

/// Which judgements leave their jobs; Failed: those that are no pass.
enum class Keep { None, Failed, All };

struct KeepOptions {
    std::optional<Keep> keep;
    std::string work_dir;  ///< empty: a fresh folder under rtlgen-work; named alone it means All
};

/// Adds --keep.
void add_keep_option(CLI::App& app, KeepOptions& options);
/// Adds --work-dir.
void add_work_dir_option(CLI::App& app, KeepOptions& options);

/// "20260131-235959-NAME": UTC, and a name of letters, digits and `_-.` alone.
[[nodiscard]] std::string timed_name(Clock::WallTime now, std::string name);

/// Judges with every job recorded in `folder`, and removes the folder again where `keep` says so.
/// The verdict's work_dir is `where` if anything was kept.
/// A record that can't be written is one line on `err` and changes nothing else.
struct KeptPlace {
    Keep keep = Keep::None;
    std::filesystem::path folder;
    std::filesystem::path where;
};
Result<Verdict> judge_keeping(const verify::JudgeRequest& request, const verify::JudgeTools& tools,
                              const KeptPlace& place, std::ostream& err, std::stop_token stop);

/// What `verify` does: a work folder of its own, named on `err`, with the verdict in it.
/// Errors: InvalidArgument (a --work-dir that holds something), and those of the judge.
Result<Verdict> judge_in_work_folder(const verify::JudgeRequest& request,
                                     const verify::JudgeTools& tools, const KeepOptions& options,
                                     std::ostream& err, std::stop_token stop);

}  // namespace rtlgen::cli

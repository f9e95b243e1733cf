// SPDX-License-Identifier: Apache-2.0
// `rtlgen runs list [FOLDER]`: what was tried, a line a Run.
#include <nlohmann/json.hpp>

#include "cli/report/run_report.h"
#include "cli/runs/runs.h"
#include "cli/workflow/generate.h"
#include "core/base/text.h"

namespace rtlgen::cli {
namespace {

namespace fs = std::filesystem;
using nlohmann::ordered_json;

std::string best_text(const std::vector<store::Attempt>& attempts) {
    const store::Attempt* best = workflow::best_attempt(attempts);
    return best == nullptr ? "no attempt" : attempt_line(*best);
}

ordered_json to_json(const ReadRun& run) {
    return {{"schema", "rtlgen.run.v1"},
            {"run", to_valid_utf8(run.store.folder().string())},
            {"started_at", run.info.started_at},
            {"command", to_valid_utf8(run.info.command)},
            {"problem", to_valid_utf8(run.info.problem)},
            {"model", to_valid_utf8(run.info.model)},
            {"state", state_text(run)},
            {"attempts", run.attempts.size()},
            {"best", to_valid_utf8(best_text(run.attempts))}};
}

void tell(std::ostream& out, const ReadRun& run) {
    const std::string state = state_text(run);
    out << escape_for_terminal(run.store.folder().string()) << "  "
        << time_text(run.info.started_at) << "  " << escape_for_terminal(run.info.problem) << "  "
        << escape_for_terminal(run.info.model) << "  " << (state == "finished" ? "" : state + ", ")
        << run.attempts.size() << (run.attempts.size() == 1 ? " attempt, " : " attempts, best ")
        << best_text(run.attempts) << "\n";
}

}  // namespace

Result<int> list_runs(const RunsOptions& options, Session& session) {
    const std::vector<fs::path> folders = store::find_runs(options.root);
    if (folders.empty()) return fail(ErrorCode::NotFound, "no run is there", options.root);
    std::optional<Error> unread;
    bool any = false;
    for (const fs::path& folder : folders) {
        const Result<ReadRun> run = read_run(folder.string());
        if (!run) {
            if (unread) {
                session.streams.err << "rtlgen: " << escape_for_terminal(unread->text()) << "\n";
            }
            unread = run.error();
            continue;
        }
        any = true;
        if (options.json) {
            session.streams.out << to_json(*run).dump() << "\n";
        } else {
            tell(session.streams.out, *run);
        }
    }
    if (unread && !any) return tl::unexpected<Error>(*unread);
    if (unread) session.streams.err << "rtlgen: " << escape_for_terminal(unread->text()) << "\n";
    return 0;
}

}  // namespace rtlgen::cli

// SPDX-License-Identifier: Apache-2.0
// `rtlgen runs list [FOLDER]` and `rtlgen runs show RUN`: what was tried, and what came of it.
#include <CLI/CLI.hpp>
#include <memory>

#include "cli/commands.h"
#include "core/base/text.h"
#include "core/store/run_store.h"

namespace rtlgen::cli {
namespace {

struct RunsOptions {
    std::string root = "rtlgen-runs";
    std::string run;
    bool show = false;
};

Result<int> list_runs(const std::string& root, Session& session) {
    for (const std::filesystem::path& folder : store::find_runs(root)) {
        TRY_ASSIGN(store::RunStore run, store::RunStore::open(folder));
        TRY_ASSIGN(const store::RunInfo info, run.info());
        TRY_ASSIGN(const std::vector<store::Attempt> attempts, run.attempts());
        session.streams.out << folder.string() << "  " << escape_for_terminal(info.problem) << "  "
                            << escape_for_terminal(info.model) << "  " << attempts.size()
                            << " attempts\n";
    }
    return 0;
}

Result<int> show_run(const std::string& folder, Session& session) {
    TRY_ASSIGN(store::RunStore run, store::RunStore::open(folder));
    TRY_ASSIGN(const store::RunInfo info, run.info());
    TRY_ASSIGN(const std::vector<store::Attempt> attempts, run.attempts());
    session.streams.out << escape_for_terminal(info.command + " " + info.problem + ", model " +
                                               info.model)
                        << "\n";
    for (const store::Attempt& attempt : attempts) {
        session.streams.out << attempt.folder_name() << "  " << store::to_string(attempt.state);
        if (attempt.verdict) {
            session.streams.out << "  " << to_string(attempt.verdict->outcome) << " "
                                << to_string(attempt.verdict->verdict_class) << ", grade "
                                << to_string(attempt.verdict->grade);
        }
        if (attempt.error)
            session.streams.out << "  " << escape_for_terminal(attempt.error->text());
        session.streams.out << "  " << run.attempt_folder(attempt).string() << "\n";
    }
    return 0;
}

}  // namespace

CommandRun configure_runs(CLI::App& app) {
    const auto options = std::make_shared<RunsOptions>();
    app.require_subcommand(1);
    CLI::App* list = app.add_subcommand("list", "The Runs in a folder");
    list->add_option("FOLDER", options->root, "Default: rtlgen-runs");
    CLI::App* show = app.add_subcommand("show", "The attempts of a Run");
    show->add_option("RUN", options->run, "A Run's folder")->required();
    show->callback([options] { options->show = true; });
    return [options](Session& session) {
        return options->show ? show_run(options->run, session) : list_runs(options->root, session);
    };
}

}  // namespace rtlgen::cli

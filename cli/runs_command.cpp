// SPDX-License-Identifier: Apache-2.0
// `rtlgen runs list [FOLDER]` and `rtlgen runs show RUN [ATTEMPT]`: what was tried, and what came
// of it.
#include <fmt/chrono.h>
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "cli/report/report.h"
#include "cli/report/run_report.h"
#include "cli/workflow/generate.h"
#include "core/base/text.h"
#include "core/store/run_store.h"

namespace rtlgen::cli {
namespace {

namespace fs = std::filesystem;
using nlohmann::ordered_json;

struct RunsOptions {
    std::string root = "rtlgen-runs";
    std::string run;
    std::string attempt;
    bool json = false;
    bool show = false;
};

/// "2001-09-09 01:46:40" of milliseconds since 1970, in UTC.
std::string time_text(std::int64_t milliseconds) {
    const auto seconds = static_cast<std::time_t>(milliseconds / 1000);
    return fmt::format("{:%Y-%m-%d %H:%M:%S}", fmt::gmtime(seconds));
}

std::string best_text(const std::vector<store::Attempt>& attempts) {
    const store::Attempt* best = workflow::best_attempt(attempts);
    return best == nullptr ? "no attempt" : attempt_line(*best);
}

/// A Run that can't be read is told and doesn't hide the others.
Result<int> list_runs(const RunsOptions& options, Session& session) {
    const std::vector<fs::path> folders = store::find_runs(options.root);
    if (folders.empty()) return fail(ErrorCode::NotFound, "no run is there", options.root);
    for (const fs::path& folder : folders) {
        Result<store::RunStore> run = store::RunStore::open(folder);
        const auto info = run ? run->info() : tl::unexpected<Error>(run.error());
        const auto attempts = info ? run->attempts() : tl::unexpected<Error>(info.error());
        if (!attempts) {
            session.streams.err << "rtlgen: " << escape_for_terminal(attempts.error().text())
                                << "\n";
            continue;
        }
        if (options.json) {
            session.streams.out << ordered_json{{"schema", "rtlgen.run.v1"},
                                                {"run", to_valid_utf8(folder.string())},
                                                {"started_at", info->started_at},
                                                {"command", to_valid_utf8(info->command)},
                                                {"problem", to_valid_utf8(info->problem)},
                                                {"model", to_valid_utf8(info->model)},
                                                {"attempts", attempts->size()},
                                                {"best", to_valid_utf8(best_text(*attempts))}}
                                       .dump()
                                << "\n";
            continue;
        }
        session.streams.out << escape_for_terminal(folder.string()) << "  "
                            << time_text(info->started_at) << "  "
                            << escape_for_terminal(info->problem) << "  "
                            << escape_for_terminal(info->model) << "  " << attempts->size()
                            << (attempts->size() == 1 ? " attempt, " : " attempts, best ")
                            << best_text(*attempts) << "\n";
    }
    return 0;
}

void tell_run(std::ostream& out, const store::RunInfo& info, const RunOutcome& outcome) {
    out << escape_for_terminal(info.command + " " + info.spec_path + ", model " + info.model)
        << ", started " << time_text(info.started_at) << " UTC, rtlgen "
        << escape_for_terminal(info.version) << "\n";
    for (const store::Attempt& attempt : outcome.attempts) {
        out << attempt.folder_name() << "  " << attempt_line(attempt) << "\n";
    }
    const Totals totals = totals_of(outcome.attempts);
    out << totals.attempts << " attempts, " << totals.prompt_tokens << " + "
        << totals.completion_tokens << " tokens, " << totals.bytes_sent << " bytes sent\n";
    out << "prompts and answers: " << escape_for_terminal((outcome.folder / "attempts").string())
        << "\n";
}

/// Files of an Attempt that are there.
void tell_files(std::ostream& out, const fs::path& folder) {
    for (const char* name : {"prompt.md", "answer.md", "candidate.sv", "verdict.json"}) {
        std::error_code error;
        const fs::path file = folder / name;
        if (fs::exists(file, error)) out << "  " << escape_for_terminal(file.string()) << "\n";
    }
}

void tell_attempt(std::ostream& out, const store::Attempt& attempt, const fs::path& folder) {
    out << attempt.folder_name() << "  " << attempt_line(attempt) << ", template "
        << attempt.template_name << " " << attempt.template_sha256.substr(0, 12) << "\n";
    if (attempt.completion) {
        const llm::Completion& completion = *attempt.completion;
        out << "answered by " << escape_for_terminal(completion.model) << " at "
            << escape_for_terminal(completion.endpoint) << " in "
            << completion.latency.count() / 1000 << " ms, finish reason "
            << llm::to_string(completion.finish_reason) << ", sent "
            << escape_for_terminal(completion.sent) << "\n";
    }
    tell_files(out, folder);
    if (attempt.verdict) write_text(out, *attempt.verdict);
}

Result<int> show_attempt(const RunsOptions& options, const std::vector<store::Attempt>& attempts,
                         const store::RunStore& run, Session& session) {
    const auto found = std::ranges::find_if(attempts, [&](const store::Attempt& attempt) {
        return attempt.folder_name() == options.attempt;
    });
    if (found == attempts.end()) {
        return fail(ErrorCode::NotFound,
                    "the run has no attempt " + options.attempt + "; rtlgen runs show lists them",
                    options.run);
    }
    if (options.json) {
        ordered_json json = to_json(*found, run.folder());
        if (found->verdict) json["verdict"] = to_json(*found->verdict);
        session.streams.out << json.dump() << "\n";
    } else {
        tell_attempt(session.streams.out, *found, run.attempt_folder(*found));
    }
    return 0;
}

Result<int> show_run(const RunsOptions& options, Session& session) {
    TRY_ASSIGN(store::RunStore run, store::RunStore::open(options.run));
    TRY_ASSIGN(const store::RunInfo info, run.info());
    TRY_ASSIGN(const std::vector<store::Attempt> attempts, run.attempts());
    if (!options.attempt.empty()) return show_attempt(options, attempts, run, session);
    const RunOutcome outcome{info.model, run.folder(), "", attempts,
                             workflow::best_attempt(attempts)};
    if (options.json) {
        session.streams.out << to_json(outcome).dump() << "\n";
    } else {
        tell_run(session.streams.out, info, outcome);
    }
    return 0;
}

}  // namespace

CommandRun configure_runs(CLI::App& app) {
    const auto options = std::make_shared<RunsOptions>();
    app.require_subcommand(1);
    CLI::App* list = app.add_subcommand("list", "The Runs in a folder");
    list->add_option("FOLDER", options->root, "Default: rtlgen-runs");
    list->add_flag("--json", options->json, "A JSON line for each");
    CLI::App* show = app.add_subcommand("show", "The attempts of a Run, or one of them");
    show->add_option("RUN", options->run, "A Run's folder")->required();
    show->add_option("ATTEMPT", options->attempt, "Such as s01.t0");
    show->add_flag("--json", options->json, "rtlgen.generate.v1 on standard output");
    show->callback([options] { options->show = true; });
    return [options](Session& session) {
        return options->show ? show_run(*options, session) : list_runs(*options, session);
    };
}

}  // namespace rtlgen::cli

// SPDX-License-Identifier: Apache-2.0
// `rtlgen runs show RUN [ATTEMPT]`, `runs prompt`, `runs answer`: what was asked and answered, and
// what came of it.
#include <nlohmann/json.hpp>

#include "cli/report/report.h"
#include "cli/report/run_report.h"
#include "cli/runs/runs.h"
#include "cli/workflow/generate.h"
#include "core/base/text.h"
#include "core/llm/recording.h"
#include "core/store/attempt_json.h"

namespace rtlgen::cli {
namespace {

namespace fs = std::filesystem;
using nlohmann::ordered_json;

void tell_run(std::ostream& out, const ReadRun& run) {
    out << escape_for_terminal(run.info.command + " " + run.info.spec_path + ", model " +
                               run.info.model)
        << ", started " << time_text(run.info.started_at) << " UTC, rtlgen "
        << escape_for_terminal(run.info.version) << ", " << state_text(run) << "\n";
    for (const store::Attempt& attempt : run.attempts) {
        out << attempt.folder_name() << "  " << attempt_line(attempt) << "\n";
    }
    const Totals totals = totals_of(run.attempts);
    out << totals_line(totals, run.busy) << ", " << totals.bytes_sent << " bytes sent\n"
        << "prompts and answers: "
        << escape_for_terminal((run.store.folder() / "attempts").string()) << "\n";
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
            << escape_for_terminal(completion.sent)
            << (completion.from_cache ? ", from the cache" : "") << "\n";
    }
    tell_files(out, folder);
    if (attempt.verdict) write_text(out, *attempt.verdict);
}

Result<int> show_attempt(const RunsOptions& options, const ReadRun& run, Session& session) {
    TRY_ASSIGN(const store::Attempt attempt, find_attempt(run, options.attempt));
    if (options.json) {
        ordered_json json = to_json(attempt, run.store.folder());
        if (attempt.verdict) json["verdict"] = to_json(*attempt.verdict);
        session.streams.out << json.dump() << "\n";
    } else {
        tell_attempt(session.streams.out, attempt, run.store.attempt_folder(attempt));
    }
    return 0;
}

}  // namespace

Result<int> show_run(const RunsOptions& options, Session& session) {
    TRY_ASSIGN(const ReadRun run, read_run(options.run));
    if (!options.attempt.empty()) return show_attempt(options, run, session);
    if (!options.json) {
        tell_run(session.streams.out, run);
        return 0;
    }
    const RunOutcome outcome{
        run.info.model, run.store.folder(), "", run.attempts, workflow::best_attempt(run.attempts),
        run.busy};
    ordered_json json = to_json(outcome);
    json["state"] = state_text(run);
    session.streams.out << json.dump() << "\n";
    return 0;
}

Result<int> print_prompt(const RunsOptions& options, Session& session) {
    TRY_ASSIGN(const ReadRun run, read_run(options.run));
    TRY_ASSIGN(const store::Attempt attempt, find_attempt(run, options.attempt));
    if (options.json) {
        session.streams.out << ordered_json{{"schema", "rtlgen.prompt.v1"},
                                            {"attempt", attempt.folder_name()},
                                            {"template", to_valid_utf8(attempt.template_name)},
                                            {"template_sha256", attempt.template_sha256},
                                            {"request", attempt.request_sha256},
                                            {"messages", ordered_json::parse(store::prompt_to_json(
                                                             attempt.prompt))}}
                                   .dump()
                            << "\n";
    } else {
        session.streams.out << llm::as_plain_prompt(attempt.prompt);
    }
    return 0;
}

Result<int> print_answer(const RunsOptions& options, Session& session) {
    TRY_ASSIGN(const ReadRun run, read_run(options.run));
    TRY_ASSIGN(const store::Attempt attempt, find_attempt(run, options.attempt));
    if (!attempt.completion) {
        return fail(ErrorCode::NotFound, "the attempt has no answer: " + attempt_line(attempt),
                    options.run);
    }
    if (options.json) {
        session.streams.out << llm::to_line({run.info.problem, attempt.request_sha256,
                                             attempt.sample, attempt.turn, *attempt.completion});
        return 0;
    }
    session.streams.out << attempt.completion->text;
    if (!attempt.completion->text.ends_with('\n')) session.streams.out << "\n";
    return 0;
}

}  // namespace rtlgen::cli

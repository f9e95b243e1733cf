// SPDX-License-Identifier: Apache-2.0
// `rtlgen generate SPEC`: a specification to judged Verilog.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "cli/generate_options.h"
#include "cli/output_check.h"
#include "cli/report/report.h"
#include "cli/report/run_report.h"
#include "cli/wiring.h"
#include "core/base/files.h"
#include "core/base/text.h"
#include "core/store/attempt_json.h"

namespace rtlgen::cli {
namespace {

namespace fs = std::filesystem;

std::int64_t milliseconds_of(Clock::WallTime time) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count();
}

/// `--run-dir`, else a folder of this second; a second Run in it gets a number.
fs::path run_folder(const GenerateOptions& options, const std::string& id, Clock::WallTime now) {
    if (!options.run_dir.empty()) return options.run_dir;
    const std::string base = timed_name(now, id);
    std::error_code error;
    fs::path folder = fs::path("rtlgen-runs") / base;
    for (int i = 2; fs::exists(folder, error); ++i) {
        folder = fs::path("rtlgen-runs") / fmt::format("{}-{}", base, i);
    }
    return folder;
}

store::RunInfo run_info(const GenerateOptions& options, const workflow::GenerateRequest& request,
                        const OpenedModel& model, Clock::WallTime now) {
    store::RunInfo info;
    info.command = "generate";
    info.problem = request.problem.id;
    info.spec_text = request.problem.spec.text;
    info.spec_path = options.spec;
    info.model = model.backend->name();
    info.version = RTLGEN_VERSION;
    info.started_at = milliseconds_of(now);
    info.options =
        nlohmann::ordered_json{
            {"candidates", request.candidates},
            {"max_repairs", request.max_repairs},
            {"sampling", nlohmann::ordered_json::parse(llm::sampling_to_json(request.sampling))},
            {"seed", to_valid_utf8(request.judge.seed)},
            {"top", to_valid_utf8(request.problem.spec.top)},
            {"interface", to_valid_utf8(options.interface_file)},
            {"testbench", to_valid_utf8(options.testbench)},
            {"testbench_top", to_valid_utf8(options.testbench_top)},
            {"reference", to_valid_utf8(options.reference)},
            {"reference_top", to_valid_utf8(options.reference_top)},
            {"require", request.judge.require},
            {"timeout", options.timeout},
            {"destination", to_valid_utf8(model.backend->destination())}}
            .dump();
    return info;
}

Result<int> show_dry_run(const GenerateOptions& options, const workflow::GenerateRequest& request,
                         const llm::Backend& backend, const prompts::PromptTemplates& templates,
                         std::ostream& out) {
    TRY_ASSIGN(const llm::CompletionRequest first, workflow::first_request(request, templates));
    if (options.json) {
        out << nlohmann::ordered_json{{"schema", "rtlgen.dry_run.v1"},
                                      {"model", to_valid_utf8(backend.name())},
                                      {"destination", to_valid_utf8(backend.destination())},
                                      {"requests", request.candidates},
                                      {"request", to_valid_utf8(backend.preview(first))}}
                   .dump()
            << "\n";
        return 0;
    }
    out << "would send to " << escape_for_terminal(backend.destination()) << ", "
        << request.candidates << (request.candidates == 1 ? " time" : " times") << ":\n"
        << escape_for_terminal(backend.preview(first)) << "\n";
    return 0;
}

/// Writes the best design where the verdict allows it. Gives the path that was written, or "".
Result<std::string> write_output(const GenerateOptions& options, const store::Attempt& best,
                                 Session& session) {
    if (options.output.empty()) return "";
    const bool passed = best.verdict->outcome == Outcome::Pass;
    if (!passed && (!options.allow_failing || best.candidate_code.empty())) {
        session.streams.err << escape_for_terminal(options.output)
                            << " is not written: no attempt passed"
                            << (best.candidate_code.empty() ? "" : " (--allow-failing writes it)")
                            << "\n";
        return "";
    }
    if (options.output == "-") {
        if (!options.json) session.streams.out << best.candidate_code;
        return "";
    }
    TRY(write_file_atomic(options.output, best.candidate_code));
    return options.output;
}

/// Why there is no verdict at all: the first error that is the model's or the machine's.
Error no_verdict(const std::vector<store::Attempt>& attempts, const std::string& model) {
    for (const store::Attempt& attempt : attempts) {
        if (attempt.error) return *attempt.error;
    }
    return {ErrorCode::Model, "the model gave no answer", model};
}

/// Tells the best Attempt, and writes its code where that is allowed.
Result<int> conclude(const GenerateOptions& options, RunOutcome outcome, Session& session) {
    outcome.best = workflow::best_attempt(outcome.attempts);
    if (session.stop.stop_requested()) {
        return fail(ErrorCode::Interrupted, "interrupted; what had arrived is kept",
                    outcome.folder.string());
    }
    if (outcome.best == nullptr || !outcome.best->verdict) {
        return tl::unexpected<Error>(no_verdict(outcome.attempts, outcome.model));
    }
    const store::Attempt& best = *outcome.best;
    TRY_ASSIGN(outcome.output, write_output(options, best, session));
    if (options.json) {
        session.streams.out << to_json(outcome).dump() << "\n";
        return exit_code(*best.verdict);
    }
    std::ostream& out = options.output == "-" ? session.streams.err : session.streams.out;
    write_text(out, *best.verdict);
    out << "model " << escape_for_terminal(outcome.model) << ", "
        << attempt_line(best).substr(0, attempt_line(best).find(':'));
    if (!outcome.output.empty()) {
        out << ", written to " << escape_for_terminal(outcome.output) << "\n";
    } else {
        const fs::path folder = outcome.folder / "attempts" / best.folder_name();
        out << ", kept in " << escape_for_terminal(folder.string()) << "\n";
    }
    return exit_code(*best.verdict);
}

Result<int> run_generate(const GenerateOptions& options, Session& session) {
    const config::ConfigSources sources = config::default_sources(fs::current_path());
    TRY_ASSIGN(config::Config config, config::load_config(sources));
    apply_flags(config, options);
    TRY(check_output_file("-o", options.output));
    TRY_ASSIGN(Problem problem, load_problem(options, session.stop));
    TRY_ASSIGN(const workflow::GenerateRequest request,
               make_request(options, config, std::move(problem)));
    SystemClock clock;
    const ModelSettings settings{
        config, sources.getenv, clock,
        std::chrono::milliseconds(static_cast<std::int64_t>(options.answer_timeout * 1e3)),
        llm::usual_local_servers()};
    TRY_ASSIGN(const OpenedModel model, open_model(settings, session.stop));
    std::ostream& err = session.streams.err;
    err << "model " << escape_for_terminal(model.backend->name() + ": " + model.reason) << "\n";
    const prompts::PromptTemplates templates(config.generate.prompt_dir.value);
    if (options.dry_run) {
        return show_dry_run(options, request, *model.backend, templates, session.streams.out);
    }
    // A broken template is told before a folder is made or a tool is started.
    TRY(workflow::first_request(request, templates));
    TRY_ASSIGN(const Machine machine, open_machine(options.machine));
    const Clock::WallTime now = clock.wall_now();
    const fs::path folder = run_folder(options, request.problem.id, now);
    TRY_ASSIGN(store::RunStore run,
               store::RunStore::create(folder, run_info(options, request, model, now)));
    err << "run " << escape_for_terminal(folder.string()) << "\n";
    const verify::JudgeTools judge_tools = machine.judge_tools();
    // Every failure can be looked into and run again by hand.
    const Keep keep = options.keep.keep.value_or(Keep::Failed);
    const workflow::GenerateParts parts{
        *model.backend,
        templates,
        [&](const store::Attempt& attempt, const verify::JudgeRequest& judged,
            const std::stop_token& stop) {
            const fs::path jobs = run.attempt_folder(attempt) / "judge";
            return judge_keeping(judged, judge_tools, {keep, jobs, fs::absolute(jobs)}, err, stop);
        },
        run,
        clock,
        [&](const store::Attempt& attempt) { err << attempt_line(attempt) << "\n"
                                                 << std::flush; }};
    TRY_ASSIGN(const std::vector<store::Attempt> attempts,
               workflow::generate(request, parts, session.stop));
    return conclude(options, {model.backend->name(), folder, "", attempts, nullptr}, session);
}

}  // namespace

CommandRun configure_generate(CLI::App& app) {
    const auto options = std::make_shared<GenerateOptions>();
    add_generate_options(app, *options);
    return [options](Session& session) { return run_generate(*options, session); };
}

}  // namespace rtlgen::cli

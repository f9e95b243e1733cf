// SPDX-License-Identifier: Apache-2.0
// `rtlgen edit FILE... --task F|TEXT`: a change to an existing design, as a judged diff.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/answer_keeping.h"
#include "cli/commands.h"
#include "cli/edit_description.h"
#include "cli/generate_options.h"
#include "cli/metering.h"
#include "cli/option_values.h"
#include "cli/output_check.h"
#include "cli/report/report.h"
#include "cli/report/run_report.h"
#include "cli/run_choice.h"
#include "cli/source_loading.h"
#include "cli/wiring.h"
#include "cli/workflow/attempt_order.h"
#include "cli/workflow/edit.h"
#include "core/base/files.h"
#include "core/base/text.h"

namespace rtlgen::cli {
namespace {

namespace fs = std::filesystem;

struct EditOptions {
    GenerateOptions generate;  ///< of the model, and what else `generate` has too
    AnswerOptions answers;
    std::string task;
    bool lock_ports = false;
    bool in_place = false;
};

/// The content of a file, or the words themselves where there is no such file and they hold a
/// space.
Result<std::string> load_task(const std::string& task, const std::stop_token& stop) {
    std::error_code error;
    const bool is_text = task.find(' ') != std::string::npos && !fs::exists(task, error);
    if (is_text) return to_valid_utf8(task);
    TRY_ASSIGN(std::string text, read_text(task, mebibytes(1), stop));
    if (trim(text).empty()) return fail(ErrorCode::Unreadable, "the task is empty", task);
    return to_valid_utf8(text);
}

/// Every file that may be changed has to be one that can be written.
Status check_in_place(const SourceSet& design) {
    for (const SourceFile& file : design.files) {
        if (file.host_path.empty()) {
            return fail(ErrorCode::InvalidArgument,
                        "--in-place takes files; this text comes from elsewhere", file.path);
        }
        TRY(check_output_file("--in-place", file.host_path.string()));
    }
    return {};
}

Result<workflow::EditRequest> make_edit_request(const EditOptions& options,
                                                const config::Config& config,
                                                const Session& session) {
    workflow::EditRequest request;
    const LoadContext context{session.streams.err, session.stop};
    TRY_ASSIGN(request.design, load_design(session.source_arguments, context));
    TRY_ASSIGN(request.task, load_task(options.task, session.stop));
    const GenerateOptions& generate = options.generate;
    Problem problem;
    if (!generate.testbench.empty()) {
        TRY_ASSIGN(problem.testbench,
                   load_bench(generate.testbench, generate.testbench_top, session.stop));
    }
    if (!generate.reference.empty()) {
        TRY_ASSIGN(problem.reference,
                   load_bench(generate.reference, generate.reference_top, session.stop));
    }
    TRY_ASSIGN(workflow::GenerateRequest common, make_request(generate, config, problem));
    request.ports = options.lock_ports ? workflow::PortLock::Locked : workflow::PortLock::Free;
    request.max_repairs = common.max_repairs;
    request.sampling = std::move(common.sampling);
    request.repair = common.repair;
    request.judge = std::move(common.judge);
    request.judge.testbench = std::move(problem.testbench);
    request.judge.reference = std::move(problem.reference);
    if (options.in_place) TRY(check_in_place(request.design));
    return request;
}

/// Writes the change where it was asked for. Gives the names of what was written.
Result<std::vector<std::string>> write_change(const EditOptions& options, const SourceSet& design,
                                              const workflow::EditTry& best, Session& session) {
    std::vector<std::string> written;
    const std::string& diff = best.attempt.candidate_code;
    if (options.in_place) {
        for (std::size_t i = 0; i < design.files.size(); ++i) {
            if (design.files[i].text == best.files[i].text) continue;
            TRY(write_file_atomic(design.files[i].host_path, best.files[i].text));
            written.push_back(design.files[i].path);
        }
    }
    const std::string& output = options.generate.output;
    if (!output.empty() && output != "-") {
        TRY(write_file_atomic(output, diff));
        written.push_back(output);
    }
    const bool shown = output == "-" || (output.empty() && !options.in_place);
    if (shown && !options.generate.json) session.streams.out << diff << std::flush;
    return written;
}

void write_json(std::ostream& out, const workflow::EditResult& result,
                const workflow::EditTry& best, const std::vector<std::string>& written) {
    nlohmann::ordered_json json = {{"schema", "rtlgen.edit.v1"},
                                   {"before", to_json(result.before)},
                                   {"after", to_json(*best.attempt.verdict)},
                                   {"diff", to_valid_utf8(best.attempt.candidate_code)}};
    json["written"] = nlohmann::ordered_json::array();
    for (const std::string& name : written) json["written"].push_back(to_valid_utf8(name));
    json["attempts"] = result.tries.size();
    json["stopped"] = result.stopped;
    out << json.dump() << "\n";
}

std::vector<store::Attempt> attempts_of(const workflow::EditResult& result) {
    std::vector<store::Attempt> attempts;
    for (const workflow::EditTry& tried : result.tries) attempts.push_back(tried.attempt);
    return attempts;
}

std::string in_words(const Verdict& verdict) {
    std::string text(to_string(verdict.outcome));
    if (verdict.verdict_class != VerdictClass::None) {
        text += " " + std::string(to_string(verdict.verdict_class));
    }
    return text;
}

Result<int> conclude(const EditOptions& options, const workflow::EditRequest& request,
                     const workflow::EditResult& result, Session& session) {
    const workflow::EditTry* best = result.best();
    if (best == nullptr) {
        for (const workflow::EditTry& tried : result.tries) {
            if (tried.attempt.error) return tl::unexpected<Error>(*tried.attempt.error);
        }
        return fail(ErrorCode::Model, "the model gave no answer");
    }
    const Verdict& after = *best->attempt.verdict;
    std::ostream& err = session.streams.err;
    err << "before: " << in_words(result.before) << ", after: " << in_words(after) << "\n";
    std::vector<std::string> written;
    const bool passed = after.outcome == Outcome::Pass;
    const bool has_change = !best->attempt.candidate_code.empty();
    if (has_change && (passed || options.generate.allow_failing)) {
        TRY_ASSIGN(written, write_change(options, request.design, *best, session));
    } else {
        err << "the change is not given: "
            << escape_for_terminal(workflow::summary_of(best->attempt))
            << (has_change ? " (--allow-failing gives it)" : "") << "\n";
    }
    for (const std::string& name : written) err << "written " << escape_for_terminal(name) << "\n";
    if (options.generate.json) {
        write_json(session.streams.out, result, *best, written);
    } else if (!passed) {
        write_text(err, after);
    }
    return exit_code(after);
}

Result<int> run_edit(const EditOptions& options, Session& session) {
    const GenerateOptions& generate = options.generate;
    const config::ConfigSources sources = config::default_sources(fs::current_path());
    TRY_ASSIGN(config::Config config, config::load_config(sources));
    TRY(apply_flags(config, generate.model));
    TRY(check_output_file("-o", generate.output));
    TRY_ASSIGN(workflow::EditRequest request, make_edit_request(options, config, session));
    SystemClock clock;
    const ModelSettings settings{
        config, sources.getenv, clock,
        std::chrono::milliseconds(static_cast<std::int64_t>(generate.model.answer_timeout * 1e3)),
        llm::usual_local_servers()};
    TRY_ASSIGN(OpenedModel model, open_model(settings, session.stop));
    std::ostream& err = session.streams.err;
    err << "model " << escape_for_terminal(model.backend->name() + ": " + model.reason) << "\n";
    const prompts::PromptTemplates templates(config.generate.prompt_dir.value);
    TRY_ASSIGN(const llm::CompletionRequest first,
               workflow::first_edit_request(request, templates));
    if (generate.dry_run) {
        session.streams.out << "would send to " << escape_for_terminal(model.backend->destination())
                            << ":\n"
                            << escape_for_terminal(model.backend->preview(first)) << "\n";
        return 0;
    }
    TRY_ASSIGN(const std::unique_ptr<Meter> meter, Meter::create(config, *model.backend, clock));
    TRY_ASSIGN(model.backend, meter->put_before(std::move(model.backend), first));
    TRY_ASSIGN(const Machine machine, open_machine(generate.machine));
    TRY_ASSIGN(model.backend, keep_answers(std::move(model.backend), options.answers,
                                           {machine.cache_dir, clock, err}, session.stop));
    TRY_ASSIGN(const store::RunInfo info,
               describe_edit_run(request, *model.backend, templates, clock.wall_now()));
    const RunChoice choice{generate.run_dir,
                           generate.fresh ? RunChoice::Start::Fresh : RunChoice::Start::Resume,
                           workflow::RetryErrors::Transient};
    TRY_ASSIGN(ChosenRun chosen, choose_run(choice, info, err));
    request.earlier = chosen.earlier;
    TRY_ASSIGN(const std::chrono::milliseconds busy, chosen.store.busy_time());
    meter->begin(chosen.earlier, busy);
    const verify::JudgeTools tools = machine.judge_tools();
    const workflow::EditParts parts{
        *model.backend,
        templates,
        [&](const verify::JudgeRequest& judged, const std::stop_token& stop) {
            return verify::judge(judged, tools, stop);
        },
        chosen.store,
        clock,
        [&](const store::Attempt& attempt) { err << attempt_line(attempt) << "\n"
                                                 << std::flush; }};
    TRY_ASSIGN(const workflow::EditResult result, workflow::edit(request, parts, session.stop));
    TRY_ASSIGN(const std::chrono::milliseconds in_all, chosen.store.busy_time());
    err << totals_line(totals_of(attempts_of(result)), in_all) << "\n";
    return conclude(options, request, result, session);
}

}  // namespace

CommandRun configure_edit(CLI::App& app) {
    const auto options = std::make_shared<EditOptions>();
    GenerateOptions& generate = options->generate;
    app.footer(
        "FILE... and Verilator's options: -f -F +incdir+ -I +define+ -D -y +libext+ -v -G --top");
    app.add_option("--task", options->task, "What to change: a file, or the words themselves")
        ->required();
    app.add_flag("--lock-ports", options->lock_ports,
                 "Refuse a change of the top's ports and parameters");
    CLI::Option* output = app.add_option("-o,--output", generate.output,
                                         "Where the diff goes (default -: standard output)");
    app.add_flag("--in-place", options->in_place, "Write the changed files, if they pass")
        ->excludes(output);
    app.add_flag("--allow-failing", generate.allow_failing,
                 "Give the change even where it does not pass");
    add_model_options(app, generate.model);
    add_answer_options(app, options->answers);
    add_repair_options(app, generate.prompt);
    add_bench_options(app, generate);
    app.add_option("--run-dir", generate.run_dir,
                   "The Run's folder (default rtlgen-runs/TIME-TOP); what it has is gone on "
                   "with");
    app.add_flag("--fresh", generate.fresh, "Begin a new Run, whatever an earlier one has");
    app.add_option("--seed", generate.seed,
                   "Seed of what is random in judging; a number is the model's seed too");
    app.add_flag("--json", generate.json, "rtlgen.edit.v1 on standard output");
    app.add_flag("--dry-run", generate.dry_run, "Say what would be sent where, and send nothing");
    add_machine_options(app, generate.machine);
    return [options](Session& session) { return run_edit(*options, session); };
}

}  // namespace rtlgen::cli

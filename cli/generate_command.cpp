// SPDX-License-Identifier: Apache-2.0
// `rtlgen generate SPEC`: a specification to judged Verilog.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/answer_keeping.h"
#include "cli/batching.h"
#include "cli/commands.h"
#include "cli/generate_conclusion.h"
#include "cli/generate_options.h"
#include "cli/metering.h"
#include "cli/output_check.h"
#include "cli/report/progress.h"
#include "cli/run_choice.h"
#include "cli/run_description.h"
#include "cli/wiring.h"
#include "core/base/text.h"
#include "verify/bench_check.h"

namespace rtlgen::cli {
namespace {

namespace fs = std::filesystem;

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

/// What is left out of the requests, a prompt near the context's length: told before it is sent.
Status warn(const GenerateOptions& options, const workflow::GenerateRequest& request,
            llm::Backend& backend, const prompts::PromptTemplates& templates, Session& session) {
    TRY_ASSIGN(const llm::CompletionRequest first, workflow::first_request(request, templates));
    using Asking = llm::Backend::Asking;
    const Asking asking = options.dry_run ? Asking::ThisMachine : Asking::Anyone;
    for (const std::string& warning : backend.warnings(first, asking, session.stop)) {
        session.streams.err << "warning: " << escape_for_terminal(warning) << "\n";
    }
    return {};
}

RunChoice run_choice(const GenerateOptions& options) {
    return {options.run_dir, options.fresh ? RunChoice::Start::Fresh : RunChoice::Start::Resume,
            options.retry_errors ? workflow::RetryErrors::All : workflow::RetryErrors::Transient};
}

/// How many samples have their first answer.
int answered_samples(const std::vector<store::Attempt>& attempts) {
    return static_cast<int>(std::ranges::count_if(attempts, [](const store::Attempt& attempt) {
        return attempt.turn == 0 && attempt.completion;
    }));
}

struct WorkParts {
    llm::Backend& backend;
    const prompts::PromptTemplates& templates;
    Clock& clock;
    const Machine& machine;
};

/// A broken testbench is told before a folder is made or an answer is paid for.
Status check_bench(const Problem& problem, const Machine& machine, const std::stop_token& stop) {
    if (!problem.testbench) return {};
    return verify::check_bench(*problem.testbench,
                               problem.reference ? &*problem.reference : nullptr,
                               machine.judge_tools(), stop);
}

/// Asks and judges what is left to do.
Result<std::vector<store::Attempt>> work(const GenerateOptions& options,
                                         const workflow::GenerateRequest& request,
                                         ChosenRun& chosen, WorkParts with, Session& session) {
    const verify::JudgeTools judge_tools = with.machine.judge_tools();
    // Every failure can be looked into and run again by hand.
    const Keep keep = options.keep.keep.value_or(Keep::Failed);
    std::ostream& err = session.streams.err;
    Progress progress(err, session.streams.watched,
                      {request.candidates, answered_samples(chosen.earlier)}, with.clock);
    const workflow::GenerateParts parts{
        with.backend,
        with.templates,
        [&](const store::Attempt& attempt, const verify::JudgeRequest& judged,
            const std::stop_token& stop) {
            const fs::path jobs = chosen.store.attempt_folder(attempt) / "judge";
            return judge_keeping(judged, judge_tools, {keep, jobs, fs::absolute(jobs)}, err, stop);
        },
        chosen.store,
        with.clock,
        [&](const store::Attempt& attempt) { progress.tell(attempt); }};
    return workflow::generate(request, parts, session.stop);
}

/// What answers: a server, a program, files.
Result<OpenedModel> open_answerer(const GenerateOptions& options,
                                  const config::ConfigSources& sources,
                                  const config::Config& config, Clock& clock,
                                  llm::BatchRequests& batch, const std::stop_token& stop) {
    if (options.batch.any()) return open_batch(options.batch, config, batch, stop);
    const ModelSettings settings{
        config,
        sources.getenv,
        clock,
        std::chrono::milliseconds(static_cast<std::int64_t>(options.model.answer_timeout * 1e3)),
        llm::usual_local_servers(),
        options.dry_run ? ModelSettings::Purpose::Show : ModelSettings::Purpose::Ask};
    return open_model(settings, stop);
}

Result<int> run_generate(const GenerateOptions& options, const AnswerOptions& answers,
                         Session& session) {
    const config::ConfigSources sources = config::default_sources(fs::current_path());
    TRY_ASSIGN(config::Config config, config::load_config(sources));
    TRY(apply_flags(config, options.model));
    TRY(check_output_file("-o", options.output));
    TRY_ASSIGN(Problem problem, load_problem(options, session.stop));
    TRY_ASSIGN(workflow::GenerateRequest request,
               make_request(options, config, std::move(problem)));
    SystemClock clock;
    llm::BatchRequests batch;
    TRY_ASSIGN(OpenedModel model,
               open_answerer(options, sources, config, clock, batch, session.stop));
    std::ostream& err = session.streams.err;
    err << "model " << escape_for_terminal(model.backend->name() + ": " + model.reason) << "\n";
    const prompts::PromptTemplates templates(config.generate.prompt_dir.value);
    if (options.dry_run) {
        TRY(warn(options, request, *model.backend, templates, session));
        return show_dry_run(options, request, *model.backend, templates, session.streams.out);
    }
    // What is broken or can't be paid is told before a folder is made or a tool is started.
    TRY_ASSIGN(const llm::CompletionRequest first, workflow::first_request(request, templates));
    TRY_ASSIGN(const std::unique_ptr<Meter> meter, Meter::create(config, *model.backend, clock));
    TRY_ASSIGN(model.backend, meter->put_before(std::move(model.backend), first));
    TRY_ASSIGN(const Machine machine, open_machine(options.machine, session.stop));
    TRY(check_bench(request.problem, machine, session.stop));
    TRY_ASSIGN(model.backend, keep_answers(std::move(model.backend), answers,
                                           {machine.cache_dir, clock, err}, session.stop));
    TRY_ASSIGN(const store::RunInfo info,
               describe_run(options, request, model, templates, clock.wall_now()));
    TRY_ASSIGN(ChosenRun chosen, choose_run(run_choice(options), info, err));
    request.retry = run_choice(options).retry;
    request.earlier = chosen.earlier;
    std::vector<store::Attempt> attempts = chosen.earlier;
    if (chosen.work != ChosenRun::Work::None) {
        TRY(warn(options, request, *model.backend, templates, session));
        TRY_ASSIGN(const std::chrono::milliseconds busy, chosen.store.busy_time());
        meter->begin(chosen.earlier, busy);
        TRY_ASSIGN(attempts, work(options, request, chosen,
                                  {*model.backend, templates, clock, machine}, session));
        TRY(write_batch(options.batch, batch, err));
    }
    TRY_ASSIGN(const std::chrono::milliseconds busy, chosen.store.busy_time());
    return conclude(options,
                    {model.backend->name(), chosen.store.folder(), "", attempts, nullptr, busy},
                    session);
}

}  // namespace

CommandRun configure_generate(CLI::App& app) {
    const auto options = std::make_shared<GenerateOptions>();
    const auto answers = std::make_shared<AnswerOptions>();
    add_generate_options(app, *options);
    add_answer_options(app, *answers);
    return
        [options, answers](Session& session) { return run_generate(*options, *answers, session); };
}

}  // namespace rtlgen::cli

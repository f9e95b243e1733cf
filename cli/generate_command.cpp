// SPDX-License-Identifier: Apache-2.0
// `rtlgen generate SPEC`: a specification to judged Verilog.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

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

/// What one call is made of. Later members are made of earlier ones.
struct Call {
    config::ConfigSources sources;
    config::Config config;
    workflow::GenerateRequest request;
    std::optional<prompts::PromptTemplates> templates;
    SystemClock clock;
    llm::BatchRequests batch;
    std::unique_ptr<Meter> meter;
    OpenedModel model;
};

/// What is asked for, by configuration and flags.
Status read_request(const GenerateOptions& options, Call& call, Session& session) {
    call.sources = config::default_sources(fs::current_path());
    TRY_ASSIGN(call.config, config::load_config(call.sources));
    TRY(apply_flags(call.config, options.model));
    TRY(check_output_file("-o", options.output));
    TRY_ASSIGN(Problem problem, load_problem(options, session.stop));
    TRY_ASSIGN(call.request, make_request(options, call.config, std::move(problem)));
    call.templates.emplace(call.config.generate.prompt_dir.value);
    return {};
}

/// What answers: a server, a program, files.
Result<OpenedModel> open_answerer(const GenerateOptions& options, Call& call,
                                  const std::stop_token& stop) {
    if (options.batch.any()) return open_batch(options.batch, call.config, call.batch, stop);
    const ModelSettings settings{
        call.config,
        call.sources.getenv,
        call.clock,
        std::chrono::milliseconds(static_cast<std::int64_t>(options.model.answer_timeout * 1e3)),
        llm::usual_local_servers(),
        options.dry_run ? ModelSettings::Purpose::Show : ModelSettings::Purpose::Ask};
    return open_model(settings, stop);
}

/// The model behind its meter. What is broken or can't be paid is told here, before a folder is
/// made or a tool is started.
Status put_meter(Call& call) {
    TRY_ASSIGN(const llm::CompletionRequest first,
               workflow::first_request(call.request, *call.templates));
    TRY_ASSIGN(call.meter, Meter::create(call.config, *call.model.backend, call.clock));
    TRY_ASSIGN(call.model.backend, call.meter->put_before(std::move(call.model.backend), first));
    return {};
}

/// What the Run has in the end; only what is left to do is asked and judged.
Result<std::vector<store::Attempt>> finish_run(const GenerateOptions& options, Call& call,
                                               const Machine& machine, ChosenRun& chosen,
                                               Session& session) {
    if (chosen.work == ChosenRun::Work::None) return chosen.earlier;
    call.request.retry = run_choice(options).retry;
    call.request.earlier = chosen.earlier;
    TRY(warn(options, call.request, *call.model.backend, *call.templates, session));
    TRY_ASSIGN(const std::chrono::milliseconds busy, chosen.store.busy_time());
    call.meter->begin(chosen.earlier, busy);
    TRY_ASSIGN(std::vector<store::Attempt> attempts,
               work(options, call.request, chosen,
                    {*call.model.backend, *call.templates, call.clock, machine}, session));
    TRY(write_batch(options.batch, call.batch, session.streams.err));
    return attempts;
}

Result<int> run_with_model(const GenerateOptions& options, const AnswerOptions& answers, Call& call,
                           Session& session) {
    std::ostream& err = session.streams.err;
    TRY(put_meter(call));
    TRY_ASSIGN(const Machine machine, open_machine(options.machine, session.stop));
    TRY(check_bench(call.request.problem, machine, session.stop));
    TRY_ASSIGN(call.model.backend,
               keep_answers(std::move(call.model.backend), answers,
                            {machine.cache_dir, call.clock, err}, session.stop));
    TRY_ASSIGN(const store::RunInfo info, describe_run(options, call.request, call.model,
                                                       *call.templates, call.clock.wall_now()));
    TRY_ASSIGN(ChosenRun chosen, choose_run(run_choice(options), info, err));
    TRY_ASSIGN(const std::vector<store::Attempt> attempts,
               finish_run(options, call, machine, chosen, session));
    TRY_ASSIGN(const std::chrono::milliseconds busy, chosen.store.busy_time());
    return conclude(
        options, {call.model.backend->name(), chosen.store.folder(), "", attempts, nullptr, busy},
        session);
}

Result<int> run_generate(const GenerateOptions& options, const AnswerOptions& answers,
                         Session& session) {
    Call call;
    TRY(read_request(options, call, session));
    TRY_ASSIGN(call.model, open_answerer(options, call, session.stop));
    session.streams.err << "model "
                        << escape_for_terminal(call.model.backend->name() + ": " +
                                               call.model.reason)
                        << "\n";
    if (!options.dry_run) return run_with_model(options, answers, call, session);
    TRY(warn(options, call.request, *call.model.backend, *call.templates, session));
    return show_dry_run(options, call.request, *call.model.backend, *call.templates,
                        session.streams.out);
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

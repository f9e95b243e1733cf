// SPDX-License-Identifier: Apache-2.0
// `rtlgen generate SPEC`: a specification to judged Verilog.
#include <fmt/chrono.h>
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "cli/machine.h"
#include "cli/report/report.h"
#include "cli/source_loading.h"
#include "cli/wiring.h"
#include "cli/workflow/generate.h"
#include "core/base/files.h"
#include "core/base/parallel.h"
#include "core/base/text.h"
#include "core/rtl/module_header.h"

namespace rtlgen::cli {
namespace {

namespace fs = std::filesystem;

struct GenerateOptions {
    MachineOptions machine;
    std::string spec;
    std::string output;
    std::string model;
    std::string top;
    std::string interface_file;
    std::string testbench;
    std::string testbench_top;
    std::string reference;
    std::string reference_top;
    std::string run_dir;
    std::string prompt_dir;
    std::string seed = "1";
    std::optional<double> temperature;
    std::optional<double> top_p;
    std::optional<std::int64_t> max_tokens;
    double timeout = 30;
    int candidates = 1;
    int max_repairs = 1;
    bool json = false;
    bool dry_run = false;
};

/// "Prob001_zero" of ".../Prob001_zero_prompt.txt"; else the file's name without its ending.
std::string problem_id(const fs::path& spec) {
    const std::string stem = spec == "-" ? "spec" : spec.stem().string();
    constexpr std::string_view kSuffix = "_prompt";
    return stem.ends_with(kSuffix) ? stem.substr(0, stem.size() - kSuffix.size()) : stem;
}

Result<Problem> load_problem(const GenerateOptions& options) {
    Problem problem;
    problem.id = problem_id(options.spec);
    TRY_ASSIGN(problem.spec.text, read_text(options.spec, mebibytes(1)));
    if (trim(problem.spec.text).empty()) {
        return fail(ErrorCode::Unreadable, "the specification is empty", options.spec);
    }
    problem.spec.text = to_valid_utf8(problem.spec.text);
    problem.spec.top = options.top;
    if (!options.interface_file.empty()) {
        TRY_ASSIGN(problem.spec.interface_text, read_text(options.interface_file));
        TRY_ASSIGN(const ModuleHeader header,
                   rtl::interface_from_text(problem.spec.interface_text));
        if (problem.spec.top.empty()) problem.spec.top = header.name;
    }
    if (!options.testbench.empty()) {
        TRY_ASSIGN(problem.testbench, load_bench(options.testbench, options.testbench_top));
    }
    if (!options.reference.empty()) {
        TRY_ASSIGN(problem.reference, load_bench(options.reference, options.reference_top));
    }
    return problem;
}

fs::path run_folder(const GenerateOptions& options, const std::string& id, const Clock& clock) {
    if (!options.run_dir.empty()) return options.run_dir;
    const std::time_t now = Clock::WallTime::clock::to_time_t(clock.wall_now());
    return fs::path("rtlgen-runs") / fmt::format("{:%Y%m%d-%H%M%S}-{}", fmt::gmtime(now), id);
}

workflow::GenerateRequest make_request(const GenerateOptions& options, Problem problem) {
    workflow::GenerateRequest request;
    request.problem = std::move(problem);
    request.candidates = options.candidates;
    request.max_repairs = options.max_repairs;
    request.sampling.temperature = options.temperature;
    request.sampling.top_p = options.top_p;
    request.sampling.max_tokens = options.max_tokens;
    request.judge.seed = options.seed;
    request.judge.limits.wall =
        std::chrono::milliseconds(static_cast<std::int64_t>(options.timeout * 1e3));
    request.judge.limits.cpu = std::chrono::ceil<std::chrono::seconds>(request.judge.limits.wall);
    request.jobs = options.machine.jobs > 0 ? static_cast<std::size_t>(options.machine.jobs)
                                            : usable_processors();
    return request;
}

void tell_attempts(std::ostream& err, const std::vector<store::Attempt>& attempts) {
    for (const store::Attempt& attempt : attempts) {
        err << "sample " << attempt.sample << (attempt.turn > 0 ? ", repair " : "")
            << (attempt.turn > 0 ? std::to_string(attempt.turn) : "") << ": ";
        if (attempt.verdict) {
            err << to_string(attempt.verdict->outcome) << " "
                << to_string(attempt.verdict->verdict_class) << "\n";
        } else {
            err << escape_for_terminal(attempt.error ? attempt.error->text() : "no answer") << "\n";
        }
    }
}

/// Tells the best Attempt, and writes its code where it passed.
Result<int> conclude(const GenerateOptions& options, const std::vector<store::Attempt>& attempts,
                     Session& session) {
    const store::Attempt* best = workflow::best_attempt(attempts);
    if (best == nullptr || !best->verdict) {
        const Error none{ErrorCode::Model, "the model gave no answer", options.model};
        return tl::unexpected<Error>(best != nullptr && best->error ? *best->error : none);
    }
    if (options.json) {
        session.streams.out << to_json(*best->verdict).dump() << "\n";
    } else {
        write_text(session.streams.out, *best->verdict);
    }
    const bool passed = best->verdict->outcome == Outcome::Pass;
    if (passed && !options.output.empty()) {
        TRY(write_file_atomic(options.output, best->candidate_code));
    } else if (passed && !options.json) {
        session.streams.out << best->candidate_code;
    } else if (!options.output.empty()) {
        session.streams.err << options.output << " is not written: no attempt passed\n";
    }
    return exit_code(*best->verdict);
}

Result<int> run_generate(const GenerateOptions& options, Session& session) {
    TRY_ASSIGN(Problem problem, load_problem(options));
    TRY_ASSIGN(const std::unique_ptr<llm::Backend> backend, open_backend(options.model));
    session.streams.err << "model " << backend->name() << "\n";
    if (options.dry_run) {
        session.streams.out << "would send to " << backend->destination() << "\n";
        return 0;
    }
    TRY_ASSIGN(const Machine machine, open_machine(options.machine));
    store::RunInfo info;
    info.command = "generate";
    info.problem = problem.id;
    info.spec_text = problem.spec.text;
    info.spec_path = options.spec;
    info.model = backend->name();
    info.options = "{}";
    const fs::path folder = run_folder(options, problem.id, *machine.clock);
    TRY_ASSIGN(store::RunStore run, store::RunStore::create(folder, info));
    session.streams.err << "run " << folder.string() << "\n";
    const prompts::PromptTemplates templates(options.prompt_dir);
    const verify::JudgeTools judge_tools = machine.judge_tools();
    const workflow::GenerateParts parts{
        *backend, templates,
        [&](const verify::JudgeRequest& request, const std::stop_token& stop) {
            return verify::judge(request, judge_tools, stop);
        },
        run, *machine.clock};
    TRY_ASSIGN(const std::vector<store::Attempt> attempts,
               workflow::generate(make_request(options, std::move(problem)), parts, session.stop));
    tell_attempts(session.streams.err, attempts);
    return conclude(options, attempts, session);
}

}  // namespace

CommandRun configure_generate(CLI::App& app) {
    const auto options = std::make_shared<GenerateOptions>();
    app.add_option("SPEC", options->spec, "The specification, a text file; - is standard input")
        ->required();
    app.add_option("-o,--output", options->output, "Where a passing design is written");
    app.add_option("--model", options->model, "replay:FILE or command:PROGRAM");
    app.add_option("-n", options->candidates, "Candidates")->check(CLI::Range(1, 10'000));
    app.add_option("--max-repairs", options->max_repairs, "Repairs of each candidate")
        ->check(CLI::Range(0, 100));
    app.add_option("--top", options->top, "The module that is wanted");
    app.add_option("--interface", options->interface_file, "A file with the wanted module header");
    app.add_option("--testbench", options->testbench, "A testbench, or a filelist (.f)");
    app.add_option("--testbench-top", options->testbench_top, "Its top module");
    app.add_option("--reference", options->reference, "A right design that the testbench uses");
    app.add_option("--reference-top", options->reference_top, "Its top module");
    app.add_option("--run-dir", options->run_dir,
                   "The Run's folder; default rtlgen-runs/TIME-NAME");
    app.add_option("--prompt-dir", options->prompt_dir, "Templates in place of the built-in ones");
    app.add_option("--seed", options->seed, "Seed of what is random in judging");
    app.add_option("--temperature", options->temperature, "Sampling temperature");
    app.add_option("--top-p", options->top_p, "Nucleus sampling");
    app.add_option("--max-tokens", options->max_tokens, "The longest answer");
    app.add_option("--timeout", options->timeout, "Seconds that a simulation may take")
        ->check(CLI::PositiveNumber);
    app.add_flag("--json", options->json, "The best attempt's verdict as JSON");
    app.add_flag("--dry-run", options->dry_run, "Say what would be sent where, and send nothing");
    add_machine_options(app, options->machine);
    return [options](Session& session) { return run_generate(*options, session); };
}

}  // namespace rtlgen::cli

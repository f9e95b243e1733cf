// SPDX-License-Identifier: Apache-2.0
#include "cli/generate_options.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>

#include "cli/option_values.h"
#include "cli/source_loading.h"
#include "core/base/files.h"
#include "core/base/parallel.h"
#include "core/base/text.h"
#include "core/rtl/module_header.h"
#include "verify/composition.h"

namespace rtlgen::cli {
namespace fs = std::filesystem;
namespace {

constexpr Bytes kMaxSpec = mebibytes(1);

void add_judging_options(CLI::App& app, GenerateOptions& options) {
    app.add_option("--top", options.top, "The module that is wanted");
    app.add_option("--interface", options.interface_file, "A file with the wanted module header");
    add_bench_options(app, options);
}

}  // namespace

void add_bench_options(CLI::App& app, GenerateOptions& options) {
    app.add_option("--testbench", options.testbench, "A testbench, or a filelist (.f)");
    app.add_option("--testbench-top", options.testbench_top, "Its top module");
    app.add_option("--reference", options.reference,
                   "A right design: judges by itself, or through a testbench that has it");
    app.add_option("--reference-top", options.reference_top, "Its top module");
    app.add_option("--require", options.require, "lint, synth, proven: unmet is no pass")
        ->delimiter(',')
        ->allow_extra_args(false);
    add_proof_option(app, options.prove);
    app.add_option("--timeout", options.timeout, "Seconds that a simulation may take")
        ->check(time_limit());
}

void add_generate_options(CLI::App& app, GenerateOptions& options) {
    app.add_option("SPEC", options.spec, "The specification, a text file; - is standard input")
        ->required();
    app.add_option("-o,--output", options.output,
                   "Where the best design is written if it passed; - is standard output");
    app.add_flag("--allow-failing", options.allow_failing, "Write -o even where no attempt passed");
    add_model_options(app, options.model);
    add_batch_options(app, options.batch);
    add_prompt_options(app, options.prompt);
    add_repair_options(app, options.prompt);
    add_judging_options(app, options);
    app.add_option("--run-dir", options.run_dir,
                   "The Run's folder (default rtlgen-runs/TIME-NAME); a Run of the same work that "
                   "is there, or the newest unfinished one, is resumed");
    app.add_flag("--fresh", options.fresh,
                 "Begin a new Run where an unfinished one could be resumed");
    app.add_flag(
        "--retry-errors", options.retry_errors,
        "Ask again in a resumed Run what the model answered with an error, and judge again "
        "where a tool broke (broken connections and missed deadlines always are)");
    add_keep_option(app, options.keep);
    app.add_option("--seed", options.seed,
                   "A whole number: the seed of what is random in judging, and of the model's "
                   "sample 1 (sample k gets k - 1 more)");
    app.add_flag("--json", options.json, "rtlgen.generate.v1 on standard output");
    app.add_flag("--dry-run", options.dry_run, "Say what would be sent where, and send nothing");
    add_machine_options(app, options.machine);
}

std::string problem_id(const std::string& spec_path) {
    if (spec_path == "-") return "spec";
    const fs::path path(spec_path);
    const std::string stem = path.stem().string();
    constexpr std::string_view kSuffix = "_prompt";
    if (stem.size() > kSuffix.size() && stem.ends_with(kSuffix)) {
        return stem.substr(0, stem.size() - kSuffix.size());
    }
    // Names that many suites give to each of their specifications: the folder tells them apart.
    constexpr std::array<std::string_view, 4> kCommon = {"spec", "design_description", "prompt",
                                                         "README"};
    std::error_code error;
    const std::string folder = fs::absolute(path, error).parent_path().filename().string();
    const bool is_common = std::ranges::find(kCommon, stem) != kCommon.end();
    return is_common && !folder.empty() ? folder : stem;
}

Result<Problem> load_problem(const GenerateOptions& options, const std::stop_token& stop) {
    Problem problem;
    problem.id = problem_id(options.spec);
    TRY_ASSIGN(problem.spec.text, read_text(options.spec, kMaxSpec, stop));
    if (trim(problem.spec.text).empty()) {
        return fail(ErrorCode::Unreadable, "the specification is empty", options.spec);
    }
    problem.spec.text = to_valid_utf8(problem.spec.text);
    problem.spec.top = options.top;
    if (!options.top.empty() && !is_simple_identifier(options.top)) {
        return fail(ErrorCode::InvalidArgument, "--top is no module's name", options.top);
    }
    if (!options.interface_file.empty()) {
        TRY_ASSIGN(problem.spec.interface_text, read_text(options.interface_file, kMaxSpec, stop));
        Result<ModuleHeader> header = rtl::interface_from_text(problem.spec.interface_text);
        if (!header) {
            header.error().where = options.interface_file;
            return tl::unexpected<Error>(header.error());
        }
        problem.spec.interface_text = to_valid_utf8(problem.spec.interface_text);
        if (problem.spec.top.empty()) problem.spec.top = header->name;
    }
    if (!options.testbench.empty()) {
        TRY_ASSIGN(problem.testbench, load_bench(options.testbench, options.testbench_top, stop));
    }
    if (!options.reference.empty()) {
        TRY_ASSIGN(problem.reference, load_bench(options.reference, options.reference_top, stop));
    }
    return problem;
}

Result<workflow::GenerateRequest> make_request(const GenerateOptions& options,
                                               const config::Config& config, Problem problem) {
    workflow::GenerateRequest request;
    request.problem = std::move(problem);
    TRY_ASSIGN(request.candidates,
               count_within(config.generate.candidates, "candidates", 1, kMostCount));
    TRY_ASSIGN(request.max_repairs,
               count_within(config.generate.max_repairs, "max_repairs", 0, kMostCount));
    TRY_ASSIGN(request.prompt, load_prompt_choice(options.prompt));
    request.repair = options.prompt.repair;
    std::optional<std::int64_t> seed;
    if (!options.seed.empty()) {
        TRY_ASSIGN(seed, parse_seed(options.seed, "--seed"));
        request.judge.seed = std::to_string(*seed);
    }
    TRY_ASSIGN(request.sampling, make_sampling(options.model, config, seed));
    for (const std::string& name : options.require) {
        if (!verify::is_requirement(name)) {
            return fail(ErrorCode::InvalidArgument,
                        "--require takes lint, synth and proven, not " + name);
        }
        request.judge.require.insert(name);
    }
    TRY(check_proof(options.prove, options.reference));
    request.judge.prove = options.prove;
    for (const auto& [name, command] : config.site_checks.value) {
        request.judge.site_checks.push_back({name, command});
    }
    request.judge.limits.wall =
        std::chrono::milliseconds(static_cast<std::int64_t>(options.timeout * 1e3));
    request.judge.limits.cpu = std::chrono::ceil<std::chrono::seconds>(request.judge.limits.wall);
    request.jobs = options.machine.jobs > 0 ? static_cast<std::size_t>(options.machine.jobs)
                                            : usable_processors();
    return request;
}

}  // namespace rtlgen::cli

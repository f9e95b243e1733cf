// SPDX-License-Identifier: Apache-2.0
#include "core/tools/verilator/verilator_simulator.h"

#include <algorithm>
#include <csignal>

#include "core/base/text.h"
#include "core/tools/simulator_outcome.h"
#include "core/tools/verilator/verilator_log.h"
#include "core/tools/verilator/verilator_plan.h"

namespace rtlgen::tools::verilator {
namespace {

/// Steps of the job, in order.
constexpr std::size_t kGenerate = 0;
constexpr std::size_t kCollect = 1;
constexpr std::size_t kCompile = 2;
constexpr std::size_t kLink = 3;
constexpr std::size_t kRun = 4;
constexpr std::size_t kStepCount = 5;

process::Step generate_step(const Tool& tool, const SourceSet& set, const JailedSources& sources,
                            Trace trace) {
    std::vector<std::string> arguments = {"--cc", "--main", "--assert", "--prefix",
                                          "Vtop", "--Mdir", "obj"};
    std::ranges::copy(warning_arguments(), std::back_inserter(arguments));
    if (tool.has("timing")) arguments.emplace_back("--timing");
    if (trace == Trace::Vcd) arguments.emplace_back("--trace");
    const std::vector<std::string> rest = source_arguments(set, sources);
    arguments.insert(arguments.end(), rest.begin(), rest.end());
    process::Step step;
    step.argv = command(tool, arguments);
    step.env = environment(tool);
    return step;
}

/// The names of the generated files stand in a list for make: each becomes an #include.
process::Step collect_step() {
    process::Step step;
    step.argv = {"/usr/bin/sed", "-n", "-e",
                 R"(s/^[ \t]*\(Vtop[A-Za-z0-9_]*\) .*/#include "\1.cpp"/w obj/all.inc)",
                 "obj/Vtop_classes.mk"};
    return step;
}

process::Step compile_step(const Runtime& runtime, const std::filesystem::path& runtime_dir) {
    process::Step step;
    step.argv = {runtime.cxx.binary.string(), "-include", (runtime_dir / kHeader).string()};
    const auto flags = compile_flags(runtime);
    step.argv.insert(step.argv.end(), flags.begin(), flags.end());
    step.argv.insert(step.argv.end(), {"-Iobj", "-c", "unit.cpp", "-o", "unit.o"});
    return step;
}

process::Step link_step(const Runtime& runtime, const std::filesystem::path& runtime_dir) {
    process::Step step;
    step.argv = {runtime.cxx.binary.string(), "-o", "simulate", "unit.o"};
    for (const std::string& object : runtime_objects(runtime.verilator, runtime.trace)) {
        step.argv.push_back((runtime_dir / object).string());
    }
    step.argv.emplace_back("-pthread");
    return step;
}

/// A message for a program whose generated C++ the compiler refuses.
Finding compiler_finding(const process::StepResult& step) {
    Finding finding;
    finding.rule = "verilator/cxx";
    const std::string_view said = trim(step.err);
    finding.message = "the C++ that Verilator made doesn't compile";
    if (!said.empty()) finding.message += ": " + std::string(said.substr(0, said.find('\n')));
    return finding;
}

bool has_verilator_and_compiler(const Toolset& toolset) {
    return toolset.find(ToolKind::Verilator) != nullptr && toolset.find(ToolKind::Cxx) != nullptr;
}

}  // namespace

Trace trace_of(const SimulationRequest& request) {
    const bool vcd = std::ranges::any_of(request.outputs, [](const process::OutputFile& output) {
        return output.path.ends_with(".vcd");
    });
    return vcd ? Trace::Vcd : Trace::Off;
}

Result<process::JobSpec> plan_simulation(const Runtime& runtime, const SimulationRequest& request,
                                         const std::filesystem::path& runtime_dir) {
    TRY_ASSIGN(const JailedSources sources, jail_sources(request.sources));
    process::JobSpec job;
    job.name = "verilator-simulate";
    process::Step run;
    run.argv = {"simulate"};
    TRY(add_run_inputs(job, run, request));
    job.inputs.push_back({"unit.cpp", "#include \"obj/all.inc\"\n", false});
    job.steps.resize(kStepCount);
    job.steps[kGenerate] =
        generate_step(runtime.verilator, request.sources, sources, runtime.trace);
    job.steps[kCollect] = collect_step();
    job.steps[kCompile] = compile_step(runtime, runtime_dir);
    job.steps[kLink] = link_step(runtime, runtime_dir);
    job.steps[kRun] = std::move(run);
    sources.add_to(job);
    runtime.verilator.bind_to(job);
    runtime.cxx.bind_to(job);
    job.binds.push_back({runtime_dir, runtime_dir});
    return job;
}

SimulationResult parse_simulation(const Tool& tool, const SimulationRequest& request,
                                  const process::JobResult& result) {
    SimulationResult simulation = simulation_outcome(tool, result);
    simulation.findings = parse_messages(simulation.compile_log);
    for (std::size_t i = kCompile; i <= kLink && i < result.steps.size(); ++i) {
        const process::StepResult& step = result.steps[i];
        if (step.end != process::StepEnd::NotRun && !step.ok()) {
            simulation.findings.push_back(compiler_finding(step));
        }
    }
    simulation.run.out = without_report(simulation.run.out);
    const std::string said = simulation.run.out + simulation.run.err;
    simulation.runtime_findings = parse_runtime(said);
    simulation.finish = parse_finish(said);
    if (tells_internal_error(simulation.compile_log)) simulation.crashed = true;
    const bool stopped = simulation.finish && simulation.finish->task == "$stop";
    if (simulation.run.signal != 0 && !(simulation.run.signal == SIGABRT && stopped)) {
        simulation.crashed = true;
    }
    to_user_paths(simulation, request.sources);
    return simulation;
}

Result<SimulationResult> simulate(const Toolset& toolset, const SimulationRequest& request,
                                  process::Runner& runner, std::stop_token stop) {
    if (!has_verilator_and_compiler(toolset)) {
        return fail(ErrorCode::ToolMissing,
                    "Verilator and a C++ compiler are needed (packages verilator, g++)");
    }
    const Runtime runtime{*toolset.find(ToolKind::Verilator), *toolset.find(ToolKind::Cxx),
                          trace_of(request)};
    TRY_ASSIGN(const RuntimeInUse ready, ensure_runtime(runtime, request.cache_dir, runner, stop));
    TRY_ASSIGN(const process::JobSpec job, plan_simulation(runtime, request, ready.folder));
    TRY_ASSIGN(const process::JobResult result, runner.run(job, std::move(stop)));
    return parse_simulation(runtime.verilator, request, result);
}

}  // namespace rtlgen::tools::verilator

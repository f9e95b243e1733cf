// SPDX-License-Identifier: Apache-2.0
#include "core/tools/simulator_outcome.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/tools/jailed_sources.h"
#include "core/tools/read_outcome.h"

namespace rtlgen::tools {

SimulationResult simulation_outcome(const Tool& tool, const process::JobResult& result) {
    SimulationResult simulation;
    simulation.tool = tool.id();
    simulation.outputs = result.outputs;
    simulation.level = result.level;
    if (result.steps.empty()) return simulation;
    simulation.compiled = true;
    for (std::size_t i = 0; i + 1 < result.steps.size(); ++i) {
        const process::StepResult& step = result.steps[i];
        simulation.compile_log += step_log(step);
        if (!step.ok()) simulation.compiled = false;
        if (step.end == process::StepEnd::Signaled) simulation.crashed = true;
        if (step.end != process::StepEnd::NotRun) simulation.compile_end = step.end;
    }
    simulation.run = result.steps.back();
    return simulation;
}

void to_user_paths(SimulationResult& simulation, const SourceSet& set) {
    const Result<JailedSources> sources = jail_sources(set);
    if (!sources) return;
    sources->to_user(simulation.findings);
    sources->to_user(simulation.runtime_findings);
    if (simulation.finish) simulation.finish->file = sources->user_path(simulation.finish->file);
}

Status add_run_inputs(process::JobSpec& job, process::Step& run, const SimulationRequest& request) {
    for (const std::string& plusarg : request.plusargs) {
        const bool control = std::ranges::any_of(
            plusarg, [](char c) { return static_cast<unsigned char>(c) < 0x20U; });
        if (!plusarg.starts_with('+') || control) {
            return fail(ErrorCode::InvalidArgument,
                        "a plusarg begins with + and has no control characters: '" +
                            escape_for_terminal(plusarg) + "'");
        }
        run.argv.push_back(plusarg);
    }
    run.limits = request.run_limits;
    job.limits = request.compile_limits;
    job.inputs.insert(job.inputs.end(), request.data_files.begin(), request.data_files.end());
    job.outputs.insert(job.outputs.end(), request.outputs.begin(), request.outputs.end());
    return {};
}

}  // namespace rtlgen::tools

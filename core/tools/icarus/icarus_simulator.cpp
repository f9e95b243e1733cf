// SPDX-License-Identifier: Apache-2.0
#include "core/tools/icarus/icarus_simulator.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/tools/icarus/icarus_log.h"
#include "core/tools/icarus/icarus_plan.h"
#include "core/tools/located_line.h"
#include "core/tools/simulator_outcome.h"

namespace rtlgen::tools::icarus {
namespace {

/// vvp doesn't say for all of them, nor in all versions, which task ended a run, and what it prints
/// a design may print too. Its program knows: `%vpi_call/w FILE LINE "$finish" ...`. Before each of
/// them goes a call that prints those two numbers on standard error, and the program's table of
/// file names goes to a file of its own.
constexpr std::string_view kFileTable = "icarus.file_names";
constexpr std::string_view kMark = "rtlgen-end ";

process::Step mark_finishes() {
    process::Step step;
    const std::string mark =
        R"sed(s/^ *%vpi_call\([a-z\/]*\) \([0-9]*\) \([0-9]*\) )sed"
        R"sed("\(\$finish\|\$finish_and_return\|\$stop\|\$fatal\)".*$/)sed"
        R"sed(    %vpi_call\1 \2 \3 "$fdisplay", 32'b10000000000000000000000000000010, )sed"
        R"sed("rtlgen-end \2:\3: \4" {0 0 0};\n&/)sed";
    const std::string table = "/^:file_names /,$ w " + std::string(kFileTable);
    step.argv = {"/usr/bin/sed", "-i", "-e", mark, "-e", table, std::string(kProgram)};
    return step;
}

/// The names in `:file_names N;`, in order.
std::vector<std::string> parse_file_table(std::string_view table) {
    std::vector<std::string> names;
    for (const std::string_view raw : split_lines(table)) {
        const std::string_view line = trim(raw);
        if (line.size() >= 3 && line.starts_with('"') && line.ends_with("\";")) {
            names.emplace_back(line.substr(1, line.size() - 3));
        }
    }
    return names;
}

/// The site that the marks tell, where there is exactly one: more are forged or unclear. A mark may
/// stand behind text of the run's own.
std::optional<FinishSite> parse_marks(std::string_view err, std::string_view table) {
    std::optional<FinishSite> site;
    for (std::size_t at = err.find(kMark); at != std::string_view::npos; at = err.find(kMark)) {
        err.remove_prefix(at + kMark.size());
        const auto located = split_location(err.substr(0, err.find_first_of("\r\n")));
        if (!located) continue;
        if (site) return FinishSite{site->task, {}, 0};
        site = FinishSite{std::string(located->rest), located->file, located->line};
    }
    if (!site) return site;
    const std::vector<std::string> names = parse_file_table(table);
    const auto index = static_cast<std::size_t>(parse_position(site->file));
    site->file = index < names.size() ? names[index] : std::string();
    return site;
}

std::string without_marks(std::string_view err) {
    std::string kept;
    for (const std::string_view line : split_lines(err)) {
        const std::size_t mark = line.find(kMark);
        if (mark == std::string_view::npos) {
            kept.append(line).append("\n");
        } else if (mark > 0) {
            kept.append(line.substr(0, mark)).append("\n");
        }
    }
    return kept;
}

}  // namespace

Result<process::JobSpec> plan_simulation(const Tool& tool, const SimulationRequest& request) {
    TRY_ASSIGN(const JailedSources sources, jail_sources(request.sources));
    process::JobSpec job;
    job.name = "icarus-simulate";
    process::Step run;
    run.argv = {tool.part("vvp").string(), "-n", std::string(kProgram)};
    if (request.dumps == SimulationRequest::Dumps::None) run.argv.emplace_back("-none");
    TRY(add_run_inputs(job, run, request));
    const bool plain = request.texts == SimulationRequest::Texts::Plain;
    add_compile_steps(
        job, tool, request.sources, sources,
        {Target::Vvp, Warnings::All, plain ? Preprocessing::Done : Preprocessing::ToDo});
    if (request.finish == SimulationRequest::Finish::Told) {
        job.steps.push_back(mark_finishes());
        job.outputs.push_back({std::string(kFileTable), mebibytes(1)});
    }
    job.steps.push_back(std::move(run));
    return job;
}

SimulationResult parse_simulation(const Tool& tool, const SimulationRequest& request,
                                  const process::JobResult& result) {
    SimulationResult simulation = simulation_outcome(tool, result);
    simulation.findings = parse_messages(simulation.compile_log);
    simulation.runtime_findings = parse_runtime(simulation.run.out + simulation.run.err);
    simulation.finish =
        parse_marks(simulation.run.err, simulation.outputs[std::string(kFileTable)]);
    simulation.outputs.erase(std::string(kFileTable));
    simulation.run.err = without_marks(simulation.run.err);
    // ivl's internal errors stand in its log; a run's output is the testbench's to forge.
    if (tells_internal_error(simulation.compile_log) || simulation.run.signal != 0) {
        simulation.crashed = true;
    }
    to_user_paths(simulation, request.sources);
    return simulation;
}

Result<SimulationResult> simulate(const Toolset& toolset, const SimulationRequest& request,
                                  process::Runner& runner, std::stop_token stop) {
    const Tool* tool = toolset.find(ToolKind::Icarus);
    if (tool == nullptr) {
        return fail(ErrorCode::ToolMissing, "Icarus Verilog isn't installed (package iverilog)");
    }
    TRY_ASSIGN(const process::JobSpec job, plan_simulation(*tool, request));
    TRY_ASSIGN(const process::JobResult result, runner.run(job, std::move(stop)));
    return parse_simulation(*tool, request, result);
}

}  // namespace rtlgen::tools::icarus

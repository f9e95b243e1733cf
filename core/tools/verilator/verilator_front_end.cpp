// SPDX-License-Identifier: Apache-2.0
#include "core/tools/verilator/verilator_front_end.h"

#include "core/tools/read_outcome.h"
#include "core/tools/verilator/verilator_log.h"
#include "core/tools/verilator/verilator_plan.h"

namespace rtlgen::tools::verilator {

Result<process::JobSpec> plan_read(const Tool& tool, const SourceSet& set) {
    TRY(check_lines(set));
    TRY_ASSIGN(const JailedSources sources, jail_sources(set));
    process::JobSpec job;
    job.name = "verilator-read";
    std::vector<std::string> arguments = {"--lint-only", "-Wall", "-Wno-fatal"};
    if (tool.has("timing")) arguments.emplace_back("--timing");
    // A copy's file name is ours, and an answer's file name nobody asked for.
    if (!sources.inputs.empty()) arguments.emplace_back("-Wno-DECLFILENAME");
    const std::vector<std::string> rest = source_arguments(set, sources);
    arguments.insert(arguments.end(), rest.begin(), rest.end());
    process::Step step;
    step.argv = command(tool, arguments);
    step.env = environment(tool);
    job.steps.push_back(std::move(step));
    sources.add_to(job);
    tool.bind_to(job);
    return job;
}

ReadResult parse_read(const Tool& tool, const SourceSet& set, const process::JobResult& result) {
    ReadResult read = read_outcome(tool, "lint-only", result);
    read.findings = parse_messages(read.log);
    if (tells_internal_error(read.log)) read.crashed = true;
    if (const auto sources = jail_sources(set)) sources->to_user(read.findings);
    return read;
}

}  // namespace rtlgen::tools::verilator

// SPDX-License-Identifier: Apache-2.0
#include "core/tools/verilator/verilator_front_end.h"

#include <algorithm>
#include <iterator>

#include "core/tools/read_outcome.h"
#include "core/tools/verilator/verilator_log.h"
#include "core/tools/verilator/verilator_plan.h"

namespace rtlgen::tools::verilator {

Result<process::JobSpec> plan_read(const Tool& tool, const SourceSet& set) {
    std::vector<std::string> arguments = {"--lint-only", "-Wall"};
    std::ranges::copy(warning_arguments(), std::back_inserter(arguments));
    TRY_ASSIGN(process::JobSpec job, plan_over(tool, set, std::move(arguments)));
    // A copy's file name is ours, and an answer's file name nobody asked for; -Wall has to be
    // first.
    if (!job.inputs.empty()) job.steps.front().argv.emplace_back("-Wno-DECLFILENAME");
    job.name = "verilator-read";
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

// SPDX-License-Identifier: Apache-2.0
#include "core/tools/icarus/icarus_front_end.h"

#include "core/tools/icarus/icarus_log.h"
#include "core/tools/icarus/icarus_plan.h"
#include "core/tools/read_outcome.h"

namespace rtlgen::tools::icarus {

Result<process::JobSpec> plan_read(const Tool& tool, const SourceSet& set) {
    TRY_ASSIGN(const JailedSources sources, jail_sources(set));
    process::JobSpec job;
    job.name = "icarus-read";
    add_compile_steps(job, tool, set, sources, {Target::Null, Warnings::All});
    return job;
}

ReadResult parse_read(const Tool& tool, const SourceSet& set, const process::JobResult& result) {
    ReadResult read = read_outcome(tool, "ivl", result);
    read.findings = parse_messages(read.log);
    if (tells_internal_error(read.log)) read.crashed = true;
    // ivlpp reports a missing include file and still ends with 0.
    for (const Finding& finding : read.findings) {
        if (finding.severity == Severity::Error) read.accepted = false;
    }
    if (const auto sources = jail_sources(set)) sources->to_user(read.findings);
    return read;
}

}  // namespace rtlgen::tools::icarus

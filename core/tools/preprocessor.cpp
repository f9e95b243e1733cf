// SPDX-License-Identifier: Apache-2.0
#include "core/tools/preprocessor.h"

#include "core/tools/icarus/icarus_log.h"
#include "core/tools/icarus/icarus_plan.h"
#include "core/tools/jailed_sources.h"
#include "core/tools/verilator/verilator_log.h"
#include "core/tools/verilator/verilator_plan.h"

namespace rtlgen::tools {
namespace {

/// A macro may make much of a short text, which is then held in memory several times.
constexpr Bytes kMostPrinted = mebibytes(16);
constexpr std::chrono::seconds kMostTime{10};

/// The set without what a preprocessor isn't told.
SourceSet text_alone(const SourceSet& set) {
    SourceSet alone = set;
    alone.top.clear();
    alone.parameters.clear();
    alone.library_files.clear();
    alone.library_dirs.clear();
    alone.control_files.clear();
    return alone;
}

Result<process::JobSpec> plan_verilator(const Tool& tool, const SourceSet& set) {
    // Its own names, by which a text would know who reads it, are taken away.
    TRY_ASSIGN(
        process::JobSpec job,
        verilator::plan_over(tool, set, {"-E", "-UVERILATOR", "-Uverilator", "-Uverilator3"}));
    job.name = "verilator-preprocess";
    return job;
}

}  // namespace

const std::vector<Preprocessor>& preprocessors() {
    static const std::vector<Preprocessor> rows = {
        {"ivlpp", ToolKind::Icarus, icarus::plan_preprocess, icarus::parse_messages},
        {"verilator", ToolKind::Verilator, plan_verilator, verilator::parse_messages},
    };
    return rows;
}

Result<PreprocessorResult> run_preprocessor(const Preprocessor& row, const Tool& tool,
                                            const SourceSet& set, process::Runner& runner,
                                            const std::stop_token& stop) {
    const SourceSet alone = text_alone(set);
    TRY_ASSIGN(process::JobSpec job, row.plan(tool, alone));
    TRY_ASSIGN(const JailedSources sources, jail_sources(alone));
    job.limits.output = kMostPrinted;
    job.limits.wall = kMostTime;
    job.limits.cpu = kMostTime;
    TRY_ASSIGN(process::JobResult result, runner.run(job, stop));
    process::StepResult& step = result.steps.back();
    PreprocessorResult made;
    made.tool = tool.id();
    made.end = step.end;
    made.findings = row.messages(step.err);
    sources.to_user(made.findings);
    made.ok = step.ok() && made.findings.empty();
    made.printed = std::move(step.out);
    made.files = sources.files;
    return made;
}

}  // namespace rtlgen::tools

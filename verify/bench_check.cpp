// SPDX-License-Identifier: Apache-2.0
#include "verify/bench_check.h"

#include <algorithm>
#include <optional>

#include "core/tools/front_end.h"
#include "core/tools/rules.h"
#include "verify/bench_sources.h"
#include "verify/compile.h"

namespace rtlgen::verify {
namespace {

/// The first syntax error in the testbench's own files.
std::optional<Finding> syntax_error(const tools::ReadResult& read, const BenchFacts& facts) {
    const auto found = std::ranges::find_if(read.findings, [&](const Finding& finding) {
        return tools::finding_class(finding) == VerdictClass::Syntax &&
               facts.bench_files.contains(finding.file);
    });
    return found == read.findings.end() ? std::nullopt : std::optional(*found);
}

}  // namespace

Status check_bench(const SourceSet& testbench, const SourceSet* reference, const JudgeTools& tools,
                   const std::stop_token& stop) {
    const SourceSet no_design;
    TRY_ASSIGN(const BenchSources bench,
               assemble_bench({no_design, Trust::Candidate, testbench, reference}));
    std::optional<Finding> first;
    for (const tools::FrontEnd& front_end : tools::front_ends()) {
        const bool simulates = front_end.kind == tools::ToolKind::Icarus ||
                               front_end.kind == tools::ToolKind::Verilator;
        const tools::Tool* tool = simulates ? tool_for(front_end, tools.toolset) : nullptr;
        if (tool == nullptr) continue;
        TRY_ASSIGN(const tools::ReadResult read,
                   tools::read_design(front_end, *tool, bench.sources, tools.runner, stop));
        const std::optional<Finding> error = syntax_error(read, bench.facts);
        if (!error) return {};
        if (!first) first = error;
    }
    if (!first) return {};
    return fail(ErrorCode::BadBench, "the testbench does not compile: " + format_finding(*first));
}

}  // namespace rtlgen::verify

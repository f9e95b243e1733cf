// SPDX-License-Identifier: Apache-2.0
// Finding, then asking each program once.
#include "core/tools/probe_cache.h"
#include "core/tools/tool_finder.h"
#include "core/tools/tool_probe.h"

namespace rtlgen::tools {
namespace {

/// Errors that concern one program; others end the probing.
bool is_about_program(ErrorCode code) {
    return code == ErrorCode::ToolFailed || code == ErrorCode::ToolMissing;
}

struct Probed {
    Tool tool;
    bool complete = false;
};

Result<Probed> probe(const Tool& tool, process::Runner& runner, std::stop_token stop) {
    process::JobSpec job = plan_probe(tool);
    job.limits.wall = std::chrono::seconds(10);
    TRY_ASSIGN(const process::JobResult result, runner.run(job, std::move(stop)));
    TRY_ASSIGN(Tool probed, parse_probe(tool, result));
    return Probed{std::move(probed), is_complete(result)};
}

}  // namespace

Result<ProbeReport> probe_tools(const ToolSearch& search, process::Runner& runner,
                                const std::stop_token& stop) {
    ProbeCache cache = ProbeCache::load(search.probe_cache);
    ProbeReport report;
    for (Tool& tool : find_tools(search)) {
        if (const ProbeCache::Answer* answer = cache.find(tool.fingerprint)) {
            tool.version = answer->version;
            tool.features = answer->features;
            report.toolset.tools.push_back(std::move(tool));
            continue;
        }
        auto probed = probe(tool, runner, stop);
        if (!probed && !is_about_program(probed.error().code)) {
            return tl::unexpected<Error>(probed.error());
        }
        if (!probed) {
            report.problems.push_back(probed.error().text());
            continue;
        }
        if (probed->complete) {
            cache.add(probed->tool.fingerprint, {probed->tool.version, probed->tool.features});
        }
        report.toolset.tools.push_back(std::move(probed->tool));
    }
    // A cache that can't be written costs the next start a second, no more.
    if (const Status saved = cache.save(); !saved) {
        report.problems.push_back("probes aren't kept: " + saved.error().text());
    }
    return report;
}

}  // namespace rtlgen::tools

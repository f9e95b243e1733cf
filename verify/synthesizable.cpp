// SPDX-License-Identifier: Apache-2.0
#include "verify/synthesizable.h"

#include <algorithm>

#include "core/tools/yosys.h"
#include "core/tools/yosys/yosys_cells.h"

namespace rtlgen::verify {
namespace {

constexpr std::string_view kScript =
    "hierarchy -auto-top\n"
    "proc\n"
    "flatten\n"
    "opt -fast\n"
    "check\n"
    "tee -o stat.txt stat\n";

void fail_check(Check& check, std::string reason) {
    check.outcome = Outcome::Fail;
    check.verdict_class = VerdictClass::NotSynthesizable;
    check.reason = std::move(reason);
}

void decide(Check& check, const tools::YosysResult& result) {
    if (!result.ok) {
        const auto error = std::ranges::find(result.findings, Severity::Error, &Finding::severity);
        fail_check(check, error == result.findings.end() ? "Yosys did not come to its end"
                                                         : format_finding(*error));
        return;
    }
    const auto report = result.outputs.find("stat.txt");
    const auto stat =
        tools::parse_stat(report == result.outputs.end() ? std::string_view() : report->second);
    if (!stat) {
        check.outcome = Outcome::ToolError;
        check.reason = stat.error().text();
        return;
    }
    const std::int64_t latches = count_latches(*stat);
    check.detail = {{"latches", std::to_string(latches)}};
    const std::size_t problems = result.log.find("Warning: found logic loop");
    if (latches > 0) {
        fail_check(check, std::to_string(latches) + " latches are left");
    } else if (problems != std::string::npos) {
        fail_check(check, "a combinational loop is left");
    } else {
        check.outcome = Outcome::Pass;
    }
}

}  // namespace

std::int64_t count_latches(const tools::YosysStat& stat) {
    std::int64_t latches = 0;
    for (const auto& [type, count] : stat.cells_by_type) {
        if (tools::yosys_cell_kind(type) == tools::YosysCellKind::Latch) latches += count;
    }
    return latches;
}

Result<SynthesizableResult> check_synthesizable(const SourceSet& design,
                                                const tools::Toolset& toolset,
                                                process::Runner& runner,
                                                const std::stop_token& stop) {
    SynthesizableResult result;
    result.check.name = "synthesizable";
    const tools::Tool* yosys = toolset.find(tools::ToolKind::Yosys);
    if (yosys == nullptr) {
        result.check.outcome = Outcome::ToolError;
        result.check.reason = "Yosys is not installed; see rtlgen doctor";
        return result;
    }
    result.check.tool = yosys->id();
    for (const tools::YosysReader reader : tools::yosys_readers(*yosys, design)) {
        tools::YosysRun run;
        run.name = "yosys-synthesizable";
        TRY(tools::add_reading(run, reader, design));
        run.script += kScript;
        run.outputs = {{"stat.txt"}};
        TRY_ASSIGN(tools::YosysResult yosys_result,
                   tools::run_yosys(*yosys, run, design, runner, stop));
        decide(result.check, yosys_result);
        result.check.detail.emplace_back("reader", tools::to_string(reader));
        result.findings = std::move(yosys_result.findings);
        if (yosys_result.ok) break;
    }
    std::erase_if(result.findings,
                  [](const Finding& finding) { return finding.severity != Severity::Error; });
    return result;
}

}  // namespace rtlgen::verify

// SPDX-License-Identifier: Apache-2.0
#include "verify/synthesizable.h"

#include <algorithm>

#include "core/tools/rules.h"
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

void set_check(Check& check, Outcome outcome, VerdictClass verdict_class, std::string reason) {
    check.outcome = outcome;
    check.verdict_class = verdict_class;
    check.reason = std::move(reason);
}

/// Of a script that did not come to its end.
void decide_unfinished(Check& check, const tools::YosysResult& result) {
    const auto error = std::ranges::find(result.findings, Severity::Error, &Finding::severity);
    if (result.end >= process::StepEnd::WallLimit) {
        set_check(check, Outcome::Unknown, VerdictClass::ResourceLimit,
                  "Yosys came to the limit on " + std::string(process::to_string(result.end)));
    } else if (error == result.findings.end()) {
        set_check(check, Outcome::ToolError, VerdictClass::None,
                  "Yosys ended early without an error");
    } else {
        fail_check(check, format_finding(*error));
    }
}

void decide(Check& check, const tools::YosysResult& result) {
    if (!result.ok) return decide_unfinished(check, result);
    const auto report = result.outputs.find("stat.txt");
    const auto stat =
        tools::parse_stat(report == result.outputs.end() ? std::string_view() : report->second);
    const bool empty = report != result.outputs.end() && !report->second.empty() &&
                       report->second.find("===") == std::string::npos;
    if (!stat && empty) return fail_check(check, "no module has a body: the top is a black box");
    if (!stat) return set_check(check, Outcome::ToolError, VerdictClass::None, stat.error().text());
    const std::int64_t latches = count_latches(*stat);
    check.detail = {{"latches", std::to_string(latches)}};
    const auto drivers =
        std::ranges::find(result.findings, "yosys/multiple-drivers", &Finding::rule);
    if (latches > 0) {
        fail_check(check, std::to_string(latches) + " latches are left");
    } else if (result.log.find("Warning: found logic loop") != std::string::npos) {
        fail_check(check, "a combinational loop is left");
    } else if (drivers != result.findings.end()) {
        fail_check(check, drivers->message);
    } else {
        set_check(check, Outcome::Pass, VerdictClass::None, "");
    }
}

bool broke(const tools::YosysResult& result) {
    return !result.ok && (result.crashed || result.end == process::StepEnd::Signaled);
}

/// A design that every Yosys brings to cells.
SourceSet control_design() {
    SourceSet set;
    set.files = {
        {"control.v", {}, "module control(input a, output y);\n    assign y = ~a;\nendmodule\n"}};
    set.top = "control";
    return set;
}

/// One tool with one of its readers.
struct Way {
    const tools::Tool& yosys;
    tools::YosysReader reader = tools::YosysReader::Verilog;
};

Result<tools::YosysResult> run_way(const Way& way, const SourceSet& design, process::Runner& runner,
                                   const std::stop_token& stop) {
    tools::YosysRun run;
    run.name = "yosys-synthesizable";
    TRY(tools::add_reading(run, way.reader, design));
    run.script += kScript;
    run.outputs = {{"stat.txt"}};
    return tools::run_yosys(way.yosys, run, design, runner, stop);
}

/// Once more where Yosys crashed, and then a control design.
Result<SynthesizableResult> try_way(const Way& way, const SourceSet& design,
                                    process::Runner& runner, const std::stop_token& stop) {
    SynthesizableResult tried;
    tried.check.name = "synthesizable";
    tried.check.tool = way.yosys.id();
    TRY_ASSIGN(tools::YosysResult result, run_way(way, design, runner, stop));
    if (broke(result)) {
        TRY_ASSIGN(result, run_way(way, design, runner, stop));
    }
    if (broke(result)) {
        TRY_ASSIGN(const tools::YosysResult control, run_way(way, control_design(), runner, stop));
        if (control.ok) {
            set_check(tried.check, Outcome::Fail, VerdictClass::Other, "Yosys crashes on it");
        } else {
            set_check(tried.check, Outcome::ToolError, VerdictClass::None,
                      "Yosys crashes on a control design too");
        }
    } else {
        decide(tried.check, result);
    }
    tried.check.detail.emplace_back("reader", tools::to_string(way.reader));
    tried.findings = std::move(result.findings);
    tried.read = result.ok;
    return tried;
}

/// A syntax error of read_verilog's, where a tool that is no Yosys reads the text: newer than it.
bool is_too_new(const SynthesizableRequest& request, const SynthesizableResult& result) {
    const bool elsewhere = std::ranges::any_of(
        request.readers, [](const std::string& name) { return name != "yosys"; });
    return elsewhere && !result.read && result.check.outcome == Outcome::Fail &&
           tools::errors_class(result.findings) == VerdictClass::Syntax;
}

}  // namespace

std::int64_t count_latches(const tools::YosysStat& stat) {
    std::int64_t latches = 0;
    for (const auto& [type, count] : stat.cells_by_type) {
        if (tools::yosys_cell_kind(type) == tools::YosysCellKind::Latch) latches += count;
    }
    return latches;
}

Result<SynthesizableResult> check_synthesizable(const SynthesizableRequest& request,
                                                const tools::Toolset& toolset,
                                                process::Runner& runner,
                                                const std::stop_token& stop) {
    SynthesizableResult result;
    result.check.name = "synthesizable";
    set_check(result.check, Outcome::ToolError, VerdictClass::None,
              "Yosys is not installed; see rtlgen doctor");
    bool only_verilog = true;
    bool first = true;
    for (const tools::Tool* yosys : toolset.all(tools::ToolKind::Yosys)) {
        for (const tools::YosysReader reader : tools::yosys_readers(*yosys, request.design)) {
            only_verilog = only_verilog && reader == tools::YosysReader::Verilog;
            TRY_ASSIGN(SynthesizableResult tried,
                       try_way({*yosys, reader}, request.design, runner, stop));
            // The first reader has the better words for what none reads.
            const bool better = first || tried.read || result.check.outcome != Outcome::Fail;
            const bool final =
                tried.read || tried.check.verdict_class == VerdictClass::ResourceLimit;
            if (better || final) result = std::move(tried);
            first = false;
            if (!final) continue;
            break;
        }
        if (result.read || result.check.verdict_class == VerdictClass::ResourceLimit) break;
    }
    if (only_verilog && is_too_new(request, result)) {
        set_check(result.check, Outcome::Unknown, VerdictClass::Unjudged,
                  "no Yosys here reads this SystemVerilog, which another tool reads; run "
                  "third_party/install.sh");
    }
    std::erase_if(result.findings,
                  [](const Finding& finding) { return finding.severity != Severity::Error; });
    return result;
}

}  // namespace rtlgen::verify

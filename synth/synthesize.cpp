// SPDX-License-Identifier: Apache-2.0
#include "synth/synthesize.h"

#include <algorithm>
#include <array>

#include "core/base/hash.h"
#include "core/base/text.h"
#include "core/tools/front_end.h"
#include "core/tools/jailed_sources.h"
#include "core/tools/located_line.h"
#include "core/tools/rules.h"
#include "verify/compile.h"

namespace rtlgen::synth {
namespace {

constexpr std::array<std::string_view, 5> kOutcomes = {"synthesized", "not_synthesizable", "limit",
                                                       "tool_error", "not_read"};

CandidateId identify(const SourceSet& design) {
    CandidateId id;
    id.top = design.top;
    id.sha256 = content_hash(design);
    id.parameters = design.parameters;
    for (const SourceFile& file : design.files) {
        id.files.push_back({file.path, sha256_hex(file.text)});
    }
    return id;
}

/// `FILE:LINE.COL-LINE.COL`, the first of several, in the user's names.
void set_place(Finding& finding, std::string_view source, const tools::JailedSources& sources) {
    source = source.substr(0, source.find('|'));
    const std::size_t colon = source.rfind(':');
    if (colon == std::string_view::npos) return;
    const std::string_view numbers = source.substr(colon + 1, source.find('-', colon) - colon - 1);
    const std::size_t dot = numbers.find('.');
    finding.file = sources.user_path(source.substr(0, colon));
    finding.line = tools::parse_position(numbers.substr(0, dot));
    if (dot != std::string_view::npos)
        finding.column = tools::parse_position(numbers.substr(dot + 1));
}

/// What the netlist itself tells, as findings.
void add_netlist_findings(SynthReport& report, const tools::JailedSources& sources) {
    const Ppa& ppa = *report.ppa;
    for (const LatchSignal& latch : ppa.latches) {
        Finding finding{Severity::Warning, "synth/latch", "", 0, 0, ""};
        finding.message = "latch for " +
                          (latch.signal.empty() ? "an unnamed signal" : latch.signal) + " (" +
                          std::to_string(latch.bits) + (latch.bits == 1 ? " bit)" : " bits)");
        set_place(finding, latch.source, sources);
        report.findings.push_back(std::move(finding));
    }
    for (const BlackBox& box : ppa.black_boxes) {
        report.findings.push_back({Severity::Warning, "synth/black-box", "", 0, 0,
                                   "the inside of " + box.module + " is unknown (" +
                                       join(box.instances, ", ") +
                                       "): it is in no count of cells and no area"});
    }
    if (!ppa.loop) return;
    Finding finding{Severity::Error, "synth/loop", "", 0, 0, "combinational loop"};
    constexpr std::size_t kMostSignals = 8;
    std::vector<std::string> signals = ppa.loop->signals;
    if (signals.size() > kMostSignals) {
        signals.resize(kMostSignals);
        signals.emplace_back("...");
    }
    if (!signals.empty()) finding.message += " through " + join(signals, ", ");
    set_place(finding, ppa.loop->source, sources);
    report.findings.push_back(std::move(finding));
}

/// Errors, and the warning that makes a netlist meaningless.
std::vector<Finding> judged_findings(const tools::YosysResult& result) {
    std::vector<Finding> findings;
    for (Finding finding : result.findings) {
        if (finding.rule == "yosys/multiple-drivers") finding.severity = Severity::Error;
        if (finding.severity == Severity::Error) findings.push_back(std::move(finding));
    }
    return findings;
}

std::string limit_reason(process::StepEnd end) {
    return "Yosys came to the limit '" + std::string(to_string(end)) + "'; --timeout raises time";
}

/// The first error's line.
std::string first_error(const std::vector<Finding>& findings) {
    const auto error = std::ranges::find(findings, Severity::Error, &Finding::severity);
    return error == findings.end() ? "" : format_finding(*error);
}

/// A design that was read and counted, and can't be mapped to the library's cells: the library's
/// lack, such as of flip-flops with an asynchronous reset, and not the design's fault.
Error unmapped(const Library& library, const std::string& reason) {
    std::string message = "the design can't be mapped to the library " + library.cells.name;
    if (library.cells.count(LibertyCell::Kind::FlipFlop) == 0) {
        message += ", which has no flip-flop";
    }
    return {ErrorCode::InvalidArgument, message + ": " + reason + "; give another --liberty",
            library.path};
}

/// One reader's way: fills the report's numbers and findings anew.
Result<SynthAttempt> attempt(SynthReport& report, const SynthRequest& request,
                             const tools::YosysResult& result, tools::YosysReader reader) {
    SynthAttempt attempt{result.tool, std::string(tools::to_string(reader)), {}, ""};
    report.ppa.reset();
    std::vector<Finding> findings = judged_findings(result);
    if (result.end != process::StepEnd::Exited && result.end != process::StepEnd::Signaled &&
        result.end != process::StepEnd::NotRun) {
        attempt.outcome = SynthOutcome::Limit;
        attempt.reason = limit_reason(result.end);
        return attempt;
    }
    const Library* library = request.library ? &*request.library : nullptr;
    if (!result.ok) {
        attempt.reason = first_error(findings);
        if (library != nullptr && !result.crashed && result.outputs.contains("rtl.json")) {
            return tl::unexpected<Error>(unmapped(*library, attempt.reason));
        }
        const bool broke = result.crashed || attempt.reason.empty();
        attempt.outcome = broke ? SynthOutcome::ToolError : SynthOutcome::NotSynthesizable;
        if (result.crashed) attempt.reason = "Yosys crashed";
        if (attempt.reason.empty()) attempt.reason = "Yosys ended early without an error";
        // What the first reader says of a design that none reads is told: it has the better words.
        if (report.findings.empty()) report.findings = std::move(findings);
        return attempt;
    }
    auto ppa = measure_flow(result, library);
    if (!ppa) {
        attempt.reason = ppa.error().text();
        return attempt;
    }
    if (library != nullptr) {
        ppa->library = LibraryId{library->cells.name, library->path, sha256_hex(library->text),
                                 library->cells.corner};
    }
    report.ppa = *std::move(ppa);
    report.findings = std::move(findings);
    TRY_ASSIGN(const tools::JailedSources sources, tools::jail_sources(request.design));
    add_netlist_findings(report, sources);
    if (reader == tools::YosysReader::Slang && report.ppa->latch_bits() > 0 &&
        tools::says_full_case(request.design)) {
        report.findings.push_back({Severity::Warning, "synth/full-case", "", 0, 0,
                                   "read_slang ignores full_case, and read_verilog can't read "
                                   "this design: latches that full_case rules out are counted"});
    }
    attempt.reason = first_error(report.findings);
    attempt.outcome =
        attempt.reason.empty() ? SynthOutcome::Synthesized : SynthOutcome::NotSynthesizable;
    return attempt;
}

/// Whether a tool that is no Yosys reads the design: then what read_verilog takes for a syntax
/// error is only newer than it.
Result<bool> is_read_elsewhere(const SourceSet& design, const tools::Toolset& toolset,
                               process::Runner& runner, const std::stop_token& stop) {
    for (const tools::FrontEnd& front_end : tools::front_ends()) {
        const tools::Tool* tool = verify::tool_for(front_end, toolset);
        if (tool == nullptr || front_end.kind == tools::ToolKind::Yosys) continue;
        const auto read = tools::read_design(front_end, *tool, design, runner, stop);
        if (!read && read.error().code != ErrorCode::InvalidArgument) {
            return tl::unexpected<Error>(read.error());
        }
        if (read && read->accepted) return true;
    }
    return false;
}

/// All that was tried was read_verilog, and it could not parse the text.
bool may_be_too_new(const SynthReport& report) {
    return report.outcome == SynthOutcome::NotSynthesizable &&
           tools::errors_class(report.findings) == VerdictClass::Syntax &&
           std::ranges::all_of(report.attempts, [](const SynthAttempt& attempt) {
               return attempt.reader == tools::to_string(tools::YosysReader::Verilog);
           });
}

void set_not_read(SynthReport& report) {
    const ToolId& yosys = report.attempts.front().tool;
    report.outcome = SynthOutcome::NotRead;
    report.reason = "Yosys " + yosys.version +
                    " does not read this SystemVerilog, which another tool reads; the pinned "
                    "toolset's read_slang may: run third_party/install.sh";
    for (SynthAttempt& attempt : report.attempts) {
        if (attempt.outcome == SynthOutcome::NotSynthesizable) {
            attempt.outcome = SynthOutcome::NotRead;
        }
    }
}

/// Whether the library can serve the clock period that is asked for, if any.
Status check_clock_period(const SynthRequest& request) {
    if (!request.clock_period) return {};
    if (!request.library) {
        return fail(ErrorCode::InvalidArgument, "a clock period needs the cells of a library");
    }
    if (!request.library->cells.has_timing) {
        return fail(ErrorCode::InvalidArgument,
                    "a clock period needs delays, and the library has none", request.library->path);
    }
    return {};
}

struct Way {
    const tools::Tool* yosys;
    tools::YosysReader reader;
};

/// Each Yosys with each of its readers, in the order in which they are tried.
std::vector<Way> ways_to_read(const SourceSet& design, const tools::Toolset& toolset) {
    std::vector<Way> ways;
    for (const tools::Tool* yosys : toolset.all(tools::ToolKind::Yosys)) {
        for (const tools::YosysReader reader : tools::yosys_readers(*yosys, design)) {
            ways.push_back({yosys, reader});
        }
    }
    return ways;
}

/// No way led to cells: the design is to blame where any tool could tell why.
void set_outcome_of_attempts(SynthReport& report) {
    for (const SynthAttempt& attempt : report.attempts) {
        report.outcome = attempt.outcome;
        report.reason = attempt.reason;
        if (attempt.outcome == SynthOutcome::NotSynthesizable) break;
    }
}

}  // namespace

std::string_view to_string(SynthOutcome outcome) {
    return kOutcomes[static_cast<std::size_t>(outcome)];
}

process::Limits flow_limits(std::chrono::milliseconds wall) {
    process::Limits limits;
    limits.wall = wall;
    limits.cpu = std::chrono::ceil<std::chrono::seconds>(wall);
    limits.memory = gibibytes(8);
    limits.output = mebibytes(64);
    limits.file = gibibytes(1);
    limits.disk = gibibytes(2);
    return limits;
}

Result<SynthReport> synthesize(const SynthRequest& request, const tools::Toolset& toolset,
                               process::Runner& runner, const std::stop_token& stop) {
    SynthReport report;
    report.design = identify(request.design);
    report.isolation = runner.level();
    report.clock_period = request.clock_period;
    TRY(check_clock_period(request));
    report.reason = "Yosys is not installed; see rtlgen doctor";
    const FlowTarget target{request.library ? &*request.library : nullptr, request.clock_period};
    for (const auto& [yosys, reader] : ways_to_read(request.design, toolset)) {
        TRY_ASSIGN(const tools::YosysRun run,
                   plan_flow(request.design, reader, target, request.limits));
        TRY_ASSIGN(const tools::YosysResult result,
                   tools::run_yosys(*yosys, run, request.design, runner, stop));
        TRY_ASSIGN(const SynthAttempt last, attempt(report, request, result, reader));
        report.attempts.push_back(last);
        // Another reader is no remedy for a limit, nor for what the netlist itself shows.
        if (last.outcome == SynthOutcome::Limit || report.ppa) {
            report.outcome = last.outcome;
            report.reason = last.reason;
            return report;
        }
    }
    set_outcome_of_attempts(report);
    if (may_be_too_new(report)) {
        TRY_ASSIGN(const bool read, is_read_elsewhere(request.design, toolset, runner, stop));
        if (read) set_not_read(report);
    }
    return report;
}

}  // namespace rtlgen::synth

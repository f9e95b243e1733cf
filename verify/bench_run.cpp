// SPDX-License-Identifier: Apache-2.0
#include "verify/bench_run.h"

#include <algorithm>

#include "core/base/text.h"
#include "verify/compile.h"
#include "verify/convention.h"
#include "verify/line_words.h"
#include "verify/waveform.h"

namespace rtlgen::verify {
namespace {

using process::StepEnd;

constexpr std::string_view kIcarusProgram = "icarus.vvp";

/// What Icarus says of files that it can't open: "ERROR: r.v:1: $readmemh: Unable to open ...".
bool is_about_files(std::string_view message) {
    return message.starts_with("$readmem") || message.starts_with("$fopen");
}

bool has_errors(const std::vector<Finding>& findings) {
    return std::ranges::any_of(findings, [](const Finding& finding) {
        return finding.severity == Severity::Error && !is_about_files(finding.message);
    });
}

/// The transcript without the simulator's own lines about files, which are nobody's verdict.
std::string without_file_messages(std::string_view out) {
    std::string kept;
    for (const std::string_view line : split_lines(out)) {
        const bool dump = line.starts_with("VCD Error:") || line.starts_with("VCD warning:");
        const bool memory = (line.starts_with("ERROR: ") || line.starts_with("WARNING: ")) &&
                            line.find(": $readmem") != std::string_view::npos;
        if (!dump && !memory) kept.append(line).append("\n");
    }
    return kept;
}

/// Where vvp has a program that calls tasks which no module of it defines, it runs nothing.
bool is_runnable(const tools::SimulationResult& result) {
    return result.tool.name != "icarus" ||
           !result.run.out.starts_with(std::string(kIcarusProgram) + ": Program not runnable, ");
}

/// Those tasks: "tb.v:2: Error: System task/function $fsdbDumpvars() is not defined by any module."
std::vector<Finding> unknown_tasks(std::string_view err) {
    std::vector<Finding> findings;
    for (const std::string_view line : split_lines(err)) {
        const auto parts = match_line(line, "*: Error: System task/function *");
        if (!parts) continue;
        const std::string_view place = (*parts)[0];
        const std::size_t colon = place.rfind(':');
        if (colon == std::string_view::npos) continue;
        const auto at = parse_int(place.substr(colon + 1)).value_or(0);
        findings.push_back({Severity::Error, "icarus/unknown-task",
                            std::string(place.substr(0, colon)), static_cast<int>(at), 0,
                            "System task/function " + std::string((*parts)[1])});
    }
    return findings;
}

enum class Finisher { Bench, Design, Nobody };

Finisher who_finished(const tools::SimulationResult& result, const BenchFacts& facts) {
    if (!result.finish) return facts.design_can_finish ? Finisher::Design : Finisher::Nobody;
    if (!result.finish->file.empty()) {
        return facts.bench_files.contains(result.finish->file) ? Finisher::Bench : Finisher::Design;
    }
    return facts.design_can_finish ? Finisher::Design : Finisher::Bench;
}

BenchRun no_verdict(BenchRun run, RunStage stage, VerdictClass why, std::string reason) {
    run.stage = stage;
    run.check.outcome = Outcome::Unknown;
    run.check.verdict_class = why;
    run.check.reason = std::move(reason);
    return run;
}

BenchRun refused(BenchRun run, const tools::SimulationResult& result) {
    const auto error = std::ranges::find(result.findings, Severity::Error, &Finding::severity);
    if (error == result.findings.end() && result.compile_end == StepEnd::Signaled) {
        return no_verdict(std::move(run), RunStage::Broke, VerdictClass::Other,
                          "the simulator's compiler crashed");
    }
    if (error == result.findings.end() && result.compile_end >= StepEnd::WallLimit) {
        return no_verdict(std::move(run), RunStage::Undecided, VerdictClass::ResourceLimit,
                          "compiling the testbench ended by the limit on " +
                              std::string(process::to_string(result.compile_end)));
    }
    return no_verdict(
        std::move(run), RunStage::Refused, class_of_errors(result.findings),
        error == result.findings.end() ? "the testbench does not compile" : format_finding(*error));
}

BenchRun failed(BenchRun run, const BenchReading& reading, const tools::SimulationResult& result,
                const BenchFacts& facts) {
    run.stage = RunStage::Decided;
    run.check.outcome = Outcome::Fail;
    run.check.verdict_class = VerdictClass::Mismatch;
    run.check.mismatch = reading.verdict.first_mismatch.value_or(Mismatch{});
    const auto dump = result.outputs.find(facts.dump_file);
    if (dump != result.outputs.end()) add_dumped_values(*run.check.mismatch, dump->second);
    run.check.reason = reading.verdict.line;
    const auto error =
        std::ranges::find(result.runtime_findings, Severity::Error, &Finding::severity);
    if (reading.convention == "exit-code" && error != result.runtime_findings.end()) {
        run.check.reason = format_finding(*error);
    }
    return run;
}

/// The run came to an end by itself or by a limit, and nothing failed.
BenchRun not_failed(BenchRun run, const BenchReading& reading,
                    const tools::SimulationResult& result, const BenchFacts& facts) {
    const StepEnd end = result.run.end;
    if (end == StepEnd::WallLimit || end == StepEnd::CpuLimit) {
        return no_verdict(std::move(run), RunStage::Undecided, VerdictClass::Timeout,
                          "the simulation did not end within its time limit");
    }
    if (end >= StepEnd::WallLimit) {
        return no_verdict(
            std::move(run), RunStage::Undecided, VerdictClass::ResourceLimit,
            "the simulation ended by the limit on " + std::string(process::to_string(end)));
    }
    const bool bad_exit = end == StepEnd::Exited && result.run.exit_code != 0;
    if (bad_exit || !tools::ran_to_its_end(result)) {
        const std::string code =
            bad_exit ? " with code " + std::to_string(result.run.exit_code) : "";
        return no_verdict(std::move(run), RunStage::Broke, VerdictClass::Other,
                          "the simulator broke down" + code);
    }
    if (who_finished(result, facts) == Finisher::Design) {
        const std::string where =
            result.finish && !result.finish->file.empty()
                ? " (" + result.finish->file + ":" + std::to_string(result.finish->line) + ")"
                : "";
        return no_verdict(std::move(run), RunStage::Undecided, VerdictClass::NoProgress,
                          "the design itself ended the simulation" + where);
    }
    if (!facts.design_verdict.empty()) {
        return no_verdict(std::move(run), RunStage::Undecided, VerdictClass::Unjudged,
                          "the design itself prints a verdict line (" + facts.design_verdict +
                              "), so the testbench's can't be told from it");
    }
    if (!reading.convention) {
        return no_verdict(std::move(run), RunStage::Undecided, VerdictClass::Unjudged,
                          "the testbench printed no verdict line");
    }
    switch (reading.verdict.outcome) {
        case BenchOutcome::NoSamples:
            return no_verdict(std::move(run), RunStage::Undecided, VerdictClass::NoProgress,
                              "nothing was compared: " + reading.verdict.line);
        case BenchOutcome::Incomplete:
            return no_verdict(std::move(run), RunStage::Watchdog, VerdictClass::Timeout,
                              "the testbench did not come to its end: " + reading.verdict.line);
        case BenchOutcome::Fail:
        case BenchOutcome::Pass: break;
    }
    run.stage = RunStage::Decided;
    run.check.outcome = Outcome::Pass;
    run.check.verdict_class = VerdictClass::None;
    run.check.reason = reading.verdict.line;
    return run;
}

/// Where the testbench instantiates something that drives its input: Icarus says so and goes on.
const Finding* driven_input(const tools::SimulationResult& result, const BenchFacts& facts) {
    if (facts.may_drive_inputs) return nullptr;
    const auto found = std::ranges::find_if(result.findings, [&](const Finding& finding) {
        return finding.rule == "icarus/driven-input" && facts.bench_files.contains(finding.file);
    });
    return found == result.findings.end() ? nullptr : &*found;
}

}  // namespace

BenchRun read_bench_run(const tools::SimulationResult& result, const BenchFacts& facts) {
    BenchRun run;
    run.check.name = "simulate";
    run.check.tool = result.tool;
    if (!result.compiled) return refused(std::move(run), result);
    if (const Finding* driven = driven_input(result, facts)) {
        run = no_verdict(std::move(run), RunStage::Decided, VerdictClass::Forbidden,
                         "the design drives its own input: " + format_finding(*driven));
        run.check.outcome = Outcome::Fail;
        return run;
    }
    if (!facts.two_way_port.empty()) {
        run = no_verdict(std::move(run), RunStage::Decided, VerdictClass::Interface,
                         "its port " + facts.two_way_port + " is no input");
        run.check.outcome = Outcome::Fail;
        return run;
    }
    if (!is_runnable(result)) {
        run.unknown_tasks = unknown_tasks(result.run.err);
        const std::string reason = run.unknown_tasks.empty()
                                       ? "the program calls a task that Icarus doesn't have"
                                       : format_finding(run.unknown_tasks.front());
        return no_verdict(std::move(run), RunStage::Refused, VerdictClass::Elaboration, reason);
    }
    const RunFacts run_facts{.reports_errors = has_errors(result.runtime_findings),
                             .bench_can_fail = facts.bench_can_fail,
                             .bench_finished = who_finished(result, facts) == Finisher::Bench};
    const BenchReading reading = read_transcript(without_file_messages(result.run.out), run_facts);
    run.evidence.convention = reading.convention;
    run.evidence.samples = reading.verdict.samples;
    if (reading.convention && reading.verdict.outcome == BenchOutcome::Fail) {
        return failed(std::move(run), reading, result, facts);
    }
    return not_failed(std::move(run), reading, result, facts);
}

void add_dumped_values(Mismatch& mismatch, std::string_view dump) {
    const auto time = parse_int(mismatch.time);
    if (!time || *time < 0 || mismatch.signal.empty()) return;
    const auto when = static_cast<std::uint64_t>(*time);
    const std::string expected = mismatch.signal + "_ref";
    const std::string got = mismatch.signal + "_dut";
    const auto waveform = read_vcd(dump, when, [&](std::string_view name) {
        return name == expected || name == got || name == "clk";
    });
    if (!waveform) return;
    mismatch.time += " " + waveform->timescale;
    const Wave* expected_wave = waveform->find(expected);
    const Wave* got_wave = waveform->find(got);
    if (expected_wave == nullptr || got_wave == nullptr) return;
    // The testbench samples at a clock edge, before what changes by that edge.
    Wave::Side side = Wave::Side::Before;
    if (expected_wave->value(when, side) == got_wave->value(when, side)) side = Wave::Side::At;
    mismatch.expected = verilog_literal(expected_wave->value(when, side), expected_wave->width);
    mismatch.got = verilog_literal(got_wave->value(when, side), got_wave->width);
    if (const Wave* clock = waveform->find("clk")) {
        mismatch.cycle = std::ranges::count_if(
            clock->changes, [](const auto& change) { return change.second == "1"; });
    }
}

}  // namespace rtlgen::verify

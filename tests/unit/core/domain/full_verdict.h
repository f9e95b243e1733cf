// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "core/domain/verdict.h"

namespace rtlgen {

/// A verdict with something in every place.
inline Verdict full_verdict() {
    const std::string sha256(64, 'a');
    Verdict verdict;
    verdict.outcome = Outcome::Fail;
    verdict.verdict_class = VerdictClass::Mismatch;
    verdict.assurance = Assurance::Testbench;
    verdict.evidence = {.depth_cycles = 4,
                        .samples = 20,
                        .seed = "7",
                        .convention = "verilog-eval",
                        .assumptions = {"a"},
                        .blackboxes = {"b"}};
    verdict.candidate = {.origin = Origin::Model,
                         .top = "top",
                         .sha256 = sha256,
                         .files = {{"a.v", sha256}},
                         .parameters = {{"W", "8"}}};
    Check check;
    check.name = "simulate";
    check.outcome = Outcome::Fail;
    check.verdict_class = VerdictClass::Mismatch;
    check.reason = "3 of 20 samples differ";
    check.tool = ToolId{"icarus", "11.0"};
    check.detail = {{"time", "95"}};
    check.mismatch = Mismatch{"95 ps", 9, "q", "1", "0", 3, 20};
    verdict.checks = {check};
    verdict.findings = {{Severity::Warning, "verilator/WIDTHTRUNC", "a.v", 3, 4, "too wide"}};
    verdict.reading = {{"a.v", "a", {{"verilator", true, ""}, {"icarus", false, "refuses it"}}}};
    verdict.counterexample = Counterexample{
        "cycles", {"clk", "a"}, {{"1'b0", "4'b0101"}, {"1'b1", "4'b0000"}}, *check.mismatch};
    verdict.judge_version = "0.1.0";
    verdict.policy = "sha256:" + sha256;
    verdict.isolation_level = "S2";
    verdict.isolation_mechanism = "bubblewrap";
    verdict.work_dir = "/tmp/kept";
    verdict.seconds = 0.5;
    return verdict;
}

}  // namespace rtlgen

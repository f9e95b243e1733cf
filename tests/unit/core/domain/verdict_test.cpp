// SPDX-License-Identifier: Apache-2.0
#include "core/domain/verdict.h"

#include <nlohmann/json.hpp>
#include <set>

#include "tests/catch.h"

using namespace rtlgen;

namespace {

Verdict full_verdict() {
    Verdict verdict;
    verdict.outcome = Outcome::Fail;
    verdict.verdict_class = VerdictClass::Mismatch;
    verdict.grade = Grade::None;
    verdict.assurance = Assurance::Testbench;
    verdict.evidence = {.depth_cycles = 4,
                        .samples = 20,
                        .seed = "7",
                        .convention = "verilog-eval",
                        .assumptions = {"a"},
                        .blackboxes = {"b"}};
    verdict.candidate = {.origin = Origin::Model,
                         .top = "top",
                         .sha256 = "00",
                         .files = {{"a.v", "11"}},
                         .parameters = {{"W", "8"}}};
    Check check;
    check.name = "simulate";
    check.outcome = Outcome::Fail;
    check.verdict_class = VerdictClass::Mismatch;
    check.reason = "3 of 20 samples differ";
    check.tool = ToolId{"icarus", "11.0"};
    check.detail = {{"time", "95"}};
    check.mismatch = Mismatch{.time = "95 ps",
                              .cycle = 9,
                              .signal = "q",
                              .expected = "1",
                              .got = "0",
                              .mismatches = 3,
                              .samples = 20};
    verdict.checks = {check};
    verdict.findings = {{Severity::Warning, "verilator/WIDTHTRUNC", "a.v", 3, 4, "too wide"}};
    verdict.judge_version = "0.1.0";
    verdict.policy = "sha256:22";
    verdict.isolation_level = "S2";
    verdict.isolation_mechanism = "bubblewrap";
    verdict.seconds = 0.5;
    return verdict;
}

}  // namespace

TEST_CASE("a verdict comes back from its JSON unchanged") {
    const Verdict verdict = full_verdict();
    CHECK(verdict_from_json(to_json(verdict)) == verdict);
    CHECK(verdict_from_json(to_json(Verdict{})) == Verdict{});
}

TEST_CASE("a verdict with bytes that are no UTF-8 still makes JSON") {
    Verdict verdict = full_verdict();
    verdict.findings[0].message = "\xFF";
    CHECK(to_json(verdict).dump().find("\xEF\xBF\xBD") != std::string::npos);
}

TEST_CASE("the exit code tells pass, fail, tool error and inconclusive apart") {
    const auto code = [](Outcome outcome) {
        Verdict verdict;
        verdict.outcome = outcome;
        return exit_code(verdict);
    };
    CHECK(code(Outcome::Pass) == 0);
    CHECK(code(Outcome::Fail) == 1);
    CHECK(code(Outcome::ToolError) == 3);
    CHECK(code(Outcome::Unknown) == 4);
}

TEST_CASE("each class has a name of its own") {
    const auto classes = verdict_names::classes();
    CHECK(std::set<std::string_view>(classes.begin(), classes.end()).size() == classes.size());
    CHECK(to_string(VerdictClass::Other) == "other");
    CHECK(to_string(VerdictClass::NoProgress) == "no_progress");
    CHECK(to_string(VerdictClass::NotSynthesizable) == "not_synthesizable");
}

TEST_CASE("a finding is printed as compilers print it, its bytes escaped") {
    CHECK(format_finding({Severity::Error, "icarus/syntax", "a.v", 3, 0, "bad\x1B"}) ==
          "a.v:3: error: bad\\x1b [icarus/syntax]");
    CHECK(format_finding({Severity::Note, "", "", 0, 0, "hm"}) == "note: hm");
}

// SPDX-License-Identifier: Apache-2.0
#include "cli/workflow/evidence.h"

#include "core/base/text.h"
#include "tests/catch.h"
#include "tests/unit/cli/workflow/attempt_fixture.h"

using namespace rtlgen;
using namespace rtlgen::workflow;

namespace {

const std::string kCode =
    "module m(input clk, input d, output q);\n"
    "    reg r;\n"
    "    always @(posedge clk)\n"
    "        r <= !d;\n"
    "    assign q = r;\n"
    "    // 6\n"
    "    // 7\n"
    "    // 8\n"
    "endmodule\n";

std::vector<SourceFile> files(const std::string& code = kCode) {
    return {{"candidate.sv", {}, code}};
}

Verdict traced() {
    Verdict verdict = *test::mismatching(3, kCode).verdict;
    FailureTrace trace;
    trace.signal = "q";
    trace.time = "35 ns";
    trace.cycle = 4;
    trace.clock = "clk";
    trace.expected = "1'b1";
    trace.got = "1'b0";
    trace.signals = {
        {"d", SignalRole::Input, 1}, {"r", SignalRole::Register, 1}, {"q", SignalRole::Output, 1}};
    trace.rows = {{25, 3, {"1'b1", "1'bx", "1'bx"}}, {35, 4, {"1'b1", "1'b0", "1'b0"}}};
    trace.drivers = {{"candidate.sv", 5, "q"}, {"candidate.sv", 4, "r"}};
    trace.values_from = "icarus 11.0";
    verdict.failure_trace = trace;
    return verdict;
}

std::size_t total(const EvidenceTexts& texts) {
    return texts.facts.size() + texts.table.size() + texts.drivers.size() + texts.messages.size();
}

}  // namespace

TEST_CASE("a mismatch is told with signal, time, cycle, values, a table and the driving lines") {
    const EvidenceTexts texts = evidence_of(traced(), files());
    CHECK(texts.facts ==
          "first wrong output: q\ntime: 35 ns\ncycle: 4\nexpected: 1'b1\ngot: 1'b0\n"
          "wrong samples: 3 of 100\n");
    CHECK(texts.table ==
          "cycle            inp:d  reg:r  out:q\n"
          "3                1'b1   1'bx   1'bx\n"
          "4 (first wrong)  1'b1   1'b0   1'b0\n");
    CHECK(texts.drivers ==
          "    2 |     reg r;\n"
          "    3 |     always @(posedge clk)\n"
          ">   4 |         r <= !d;\n"
          ">   5 |     assign q = r;\n"
          "    6 |     // 6\n"
          "    7 |     // 7\n");
    CHECK(texts.missing.empty());
    CHECK(contains(texts.messages, "simulate: 3 mismatches"));
}

TEST_CASE("what the trace doesn't have is told as missing") {
    Verdict verdict = traced();
    verdict.failure_trace->rows.clear();
    verdict.failure_trace->drivers.clear();
    verdict.failure_trace->values_from = "no values: the run wrote no dump";
    const EvidenceTexts texts = evidence_of(verdict, files());
    CHECK(texts.table.empty());
    CHECK(texts.missing == std::vector<std::string>{"the values, no values: the run wrote no dump",
                                                    "the driving lines, which aren't known"});
}

TEST_CASE("a message stands with the lines around the one that it names, in its own file") {
    Verdict verdict = *test::failed(VerdictClass::Syntax, kCode).verdict;
    verdict.findings = {{Severity::Error, "icarus/syntax", "b.sv", 1, 1, "syntax error"},
                        {Severity::Warning, "verilator/WIDTH", "b.sv", 1, 1, "not this one"},
                        {Severity::Error, "r", "nowhere.sv", 1, 1, "of no file"}};
    std::vector<SourceFile> both = files();
    both.push_back({"b.sv", {}, "module b\nendmodule\n"});
    const std::string text = evidence_of(verdict, both).messages;
    CHECK(text ==
          "b.sv:1:1: error: syntax error [icarus/syntax]\n"
          ">   1 | module b\n    2 | endmodule\n"
          "nowhere.sv:1:1: error: of no file [r]\n");
    verdict.verdict_class = VerdictClass::Lint;
    CHECK(contains(evidence_of(verdict, both).messages, "not this one"));
}

TEST_CASE("marked lines leave out what isn't there and say where lines are skipped") {
    CHECK(marked_lines("a\nb\n", std::vector{0, -1, 3}).empty());
    CHECK(marked_lines("1\n2\n3\n4\n5\n6\n7\n8\n9\n", std::vector{1, 9}) ==
          ">   1 | 1\n    2 | 2\n    3 | 3\n  ...\n    7 | 7\n    8 | 8\n>   9 | 9\n");
    CHECK(marked_lines(std::string(1000, 'x'), std::vector{1}).size() < 200);
}

TEST_CASE("every text keeps to its size, whatever the verdict holds") {
    Verdict verdict = traced();
    const std::string huge(100'000, 'x');
    verdict.findings.assign(10'000, {Severity::Error, "r", "candidate.sv", 1, 1, huge});
    for (Check& check : verdict.checks) check.reason = huge;
    verdict.checks[1].mismatch->expected = huge;
    FailureTrace& trace = *verdict.failure_trace;
    trace.expected = huge;
    trace.signal = huge;
    trace.signals.assign(500, {huge, SignalRole::Register, 4096});
    trace.rows.assign(200, {1, 1, std::vector<std::string>(500, huge)});
    trace.drivers.clear();
    std::string code;
    for (int i = 1; i <= 2000; ++i) {
        code += std::string(300, 'y') + "\n";
        trace.drivers.push_back({"candidate.sv", i, huge});
    }
    const EvidenceCaps caps;
    const EvidenceTexts texts = evidence_of(verdict, files(code));
    CHECK(texts.facts.size() <= caps.facts.count);
    CHECK(texts.table.size() <= caps.table.count);
    CHECK(texts.drivers.size() <= caps.drivers.count);
    CHECK(texts.messages.size() <= caps.messages.count);
    CHECK(total(texts) <= kEvidenceCap.count);
    CHECK_FALSE(texts.facts.empty());
    CHECK_FALSE(texts.drivers.empty());
    CHECK(contains(texts.messages, "left out"));
}

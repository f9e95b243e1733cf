// SPDX-License-Identifier: Apache-2.0
#include "verify/convention.h"

#include "tests/catch.h"
#include "verify/line_words.h"

using namespace rtlgen;
using namespace rtlgen::verify;

namespace {

struct Expectation {
    std::string_view transcript;
    std::string_view convention;  // "" for none
    BenchOutcome outcome;
    std::uint64_t samples;
};

}  // namespace

TEST_CASE("a transcript's verdict, by convention") {
    using enum BenchOutcome;
    const Expectation table[] = {
        {"Hint: Total mismatched samples is 0 out of 20 samples\n\nMismatches: 0 in 20 samples\n",
         "verilog-eval", Pass, 20},
        {"Mismatches: 3 in 20 samples\n", "verilog-eval", Fail, 20},
        {"Mismatches: 0 in 0 samples\n", "verilog-eval", NoSamples, 0},
        {"TIMEOUT\nMismatches: 0 in 200000 samples\n", "verilog-eval", Incomplete, 200000},
        {"Mismatches: 0 in 5 samples\nMismatches: 1 in 9 samples\n", "verilog-eval", Fail, 9},
        {"===========Your Design Passed===========\n", "rtllm", Pass, 0},
        {"=========== Your Design Passed ===========\n", "rtllm", Pass, 0},
        {"===========Error===========\n===========Your Design Passed===========\n", "rtllm", Fail,
         0},
        {"=========== Test completed with 3 /100 failures ===========\n", "rtllm", Fail, 0},
        {"1..2\nok 1 - a\nok 2 - b\n", "tap", Pass, 2},
        {"1..2\nok 1 - a\nnot ok 2 - b\n", "tap", Fail, 2},
        {"1..3\nok 1\nok 2\n", "tap", Incomplete, 2},
        {"1..0\n", "tap", NoSamples, 0},
        {"PASS: 120 checks\n", "pass-fail", Pass, 120},
        {"[PASS] one\n[PASS] two\n", "pass-fail", Pass, 2},
        {"All tests passed!\n", "pass-fail", Pass, 1},
        {"Test completed with 0 errors: PASSED\n", "pass-fail", Pass, 1},
        {"passed: 12, failed: 0\n", "pass-fail", Pass, 12},
        {"[PASS] one\n[FAIL] two\n", "pass-fail", Fail, 0},
        {"12 tests passed, 0 failed\n", "pass-fail", Pass, 12},
        {"FAIL 3\n", "pass-fail", Fail, 0},
        {"Errors=0 PASS\n", "pass-fail", Pass, 1},
        {"errors: 4\n", "pass-fail", Fail, 0},
        {"18446744073709551616 errors, 3 tests passed\n", "pass-fail", Fail, 0},
        {"test did not pass\n", "pass-fail", Fail, 0},
        {"0 tests passed\n", "pass-fail", Fail, 0},
        {"0/4 tests passed\n", "pass-fail", Fail, 0},
        {"2 of 4 checks passed\n", "pass-fail", Fail, 0},
        {"Passed 2 of 4\n", "pass-fail", Fail, 0},
        {"Passed tests: 2 of 4\n", "pass-fail", Fail, 0},
        {"Passed: 2 out of 4\n", "pass-fail", Fail, 0},
        {"Passed: 2, total: 4\n", "pass-fail", Fail, 0},
        {"4/4 tests passed\n", "pass-fail", Pass, 4},
        {"Passed 4 of 4\n", "pass-fail", Pass, 4},
        {"Total tests: 4, passed: 4\n", "pass-fail", Pass, 4},
        {"1/2 tests passed\n2/2 tests passed\n", "pass-fail", Pass, 2},
        {"alu: 1/2 passed\nmul: 2/2 passed\n", "pass-fail", Fail, 0},
        {"Test 1/2: PASS\nTest 2/2: PASS\n", "pass-fail", Pass, 2},
        {"[1/2] add PASS\n[2/2] sub PASS\n", "pass-fail", Pass, 2},
        {"Test 0: PASS\nTest 1: PASS\n", "pass-fail", Pass, 2},
        {"pass rate: 50%\n", "pass-fail", Fail, 0},
        {"50.0 % of tests passed\n", "pass-fail", Fail, 0},
        {"Passed: 3 (75.00%)\n", "pass-fail", Fail, 0},
        {"pass rate: 99.9%\n", "pass-fail", Fail, 0},
        {"pass rate: 100.00%\n", "pass-fail", Pass, 1},
        {"PASS, coverage 85%\n", "pass-fail", Pass, 1},
        {"error rate: 0.00%, PASS\n", "pass-fail", Pass, 1},
        {"Not all tests passed\n", "pass-fail", Fail, 0},
        {"No tests passed\n", "pass-fail", Fail, 0},
        {"None of the tests passed\n", "pass-fail", Fail, 0},
        {"No success\n", "pass-fail", Fail, 0},
        {"Passed: no\n", "pass-fail", Fail, 0},
        {"No errors, test passed\n", "pass-fail", Pass, 1},
        {"PASS: no errors\n", "pass-fail", Pass, 1},
        {"PASS: 0 errors\n", "pass-fail", Pass, 1},
        {"passed=3 failed=0\n", "pass-fail", Pass, 3},
        {"WRONG: expected 0 got 1\nSimulation completed successfully\n", "pass-fail", Fail, 0},
        {"Bad value at 5: exp 3 act 4\nPASS\n", "pass-fail", Fail, 0},
        {"2 incorrect\nPASS\n", "pass-fail", Fail, 0},
        {"Test 3: output is wrong\nPASS\n", "pass-fail", Fail, 0},
        {"Test 3: unexpected value, expected 1\nPASS\n", "pass-fail", Fail, 0},
        {"Test 3: sends a bad parity bit\nPASS\n", "pass-fail", Pass, 1},
        {"0 wrong\nPASS\n", "pass-fail", Pass, 1},
        {"Simulation completed successfully\n", "", Incomplete, 0},
        {"Simulation finished successfully\n", "", Incomplete, 0},
        {"All 12 tests completed successfully\n", "pass-fail", Pass, 12},
        {"Error count: 0\nTEST PASSED\n", "pass-fail", Pass, 1},
        {"Failed tests: 0\nTEST PASSED\n", "pass-fail", Pass, 1},
        {"Errors found = 0\nTEST PASSED\n", "pass-fail", Pass, 1},
        {"Errors: none\nTEST PASSED\n", "pass-fail", Pass, 1},
        {"0 of 100 checks failed\nPASS\n", "pass-fail", Pass, 1},
        {"Error count: 3\nTEST PASSED\n", "pass-fail", Fail, 0},
        {"Failed test: 0\nTEST PASSED\n", "pass-fail", Fail, 0},
        {"FAIL, tests = 0\nPASS\n", "pass-fail", Fail, 0},
        {"[PASS] error flag is set\n", "pass-fail", Pass, 1},
        {"detects a parity error ... PASS\n", "pass-fail", Pass, 1},
        {"ERROR: bit 3 passed through\n", "pass-fail", Fail, 0},
        {"PASS: 3 errors\n", "pass-fail", Fail, 0},
        {"=== Test completed with 0 / 100 failures ===\n=== Your Design Passed ===\n", "rtllm",
         Pass, 0},
        {"1..2\nok 1 - reads rom\nok 2 - error flag clears\n", "tap", Pass, 2},
        {"1..2\nok 1 # SKIP no model\nok 2 # skip no model\n", "tap", NoSamples, 0},
        {"1..2\nok 1 - a\nok 2 # SKIP no model\n", "tap", Pass, 1},
        {"1..0 # SKIP no model\n", "tap", NoSamples, 0},
        {"done\n", "", Incomplete, 0},
        {"", "", Incomplete, 0},
    };
    for (const Expectation& row : table) {
        INFO(row.transcript);
        const BenchReading reading = read_transcript(row.transcript, {});
        CHECK(reading.convention.value_or("") == row.convention);
        CHECK(reading.verdict.outcome == row.outcome);
        CHECK(reading.verdict.samples == row.samples);
    }
}

TEST_CASE("the earliest of VerilogEval's hints is the first mismatch") {
    const BenchReading reading = read_transcript(
        "Hint: Output 'a' has 2 mismatches. First mismatch occurred at time 95.\n"
        "Hint: Output 'b' has 7 mismatches. First mismatch occurred at time 30.\n"
        "Hint: Output 'c' has no mismatches.\n"
        "Mismatches: 8 in 40 samples\n",
        {});
    REQUIRE(reading.verdict.first_mismatch);
    CHECK(reading.verdict.first_mismatch->signal == "b");
    CHECK(reading.verdict.first_mismatch->time == "30");
    CHECK(reading.verdict.first_mismatch->mismatches == 8U);
}

TEST_CASE("a fail line says what was expected where it can") {
    const BenchReading reading =
        read_transcript("FAIL at time 35: q expected 8'h03, got 8'h04\n", {});
    REQUIRE(reading.verdict.first_mismatch);
    CHECK(reading.verdict.first_mismatch->time == "35");
    CHECK(reading.verdict.first_mismatch->expected == "8'h03");
    CHECK(reading.verdict.first_mismatch->got == "8'h04");
}

TEST_CASE("$error turns a printed pass into a fail") {
    RunFacts facts;
    facts.reports_errors = true;
    CHECK(read_transcript("PASS\n", facts).verdict.outcome == BenchOutcome::Fail);
    CHECK(read_transcript("Mismatches: 0 in 20 samples\n", facts).verdict.outcome ==
          BenchOutcome::Fail);
}

TEST_CASE("silence is a pass only where the testbench could have failed and came to its end") {
    RunFacts facts;
    facts.bench_can_fail = true;
    facts.bench_finished = true;
    CHECK(read_transcript("", facts).convention == "exit-code");
    CHECK(read_transcript("", facts).verdict.outcome == BenchOutcome::Pass);
    facts.bench_finished = false;
    CHECK_FALSE(read_transcript("", facts).convention);
    facts = {.reports_errors = false, .bench_can_fail = false, .bench_finished = true};
    CHECK_FALSE(read_transcript("", facts).convention);
}

TEST_CASE("the judge's policy holds the conventions and the words that they go by") {
    const std::string policy = convention_policy();
    CHECK(policy.find("verilog-eval\n") != std::string::npos);
    CHECK(policy.find("fail: fail fails failed") != std::string::npos);
}

TEST_CASE("a literal that would read as a verdict is recognised") {
    CHECK(looks_like_verdict("Mismatches: 0 in 100 samples"));
    CHECK(looks_like_verdict("===Your Design Passed==="));
    CHECK(looks_like_verdict("TEST PASSED\n"));
    CHECK(looks_like_verdict("1..4"));
    CHECK(looks_like_verdict("Your Design PASSED"));
    CHECK(looks_like_verdict("Mismatches: 0 in %0d samples"));
    CHECK_FALSE(looks_like_verdict("bypass = %d"));
    CHECK_FALSE(looks_like_verdict("terror"));
    CHECK_FALSE(looks_like_verdict("state is %d"));
    CHECK_FALSE(looks_like_verdict("bypass enabled"));
}

TEST_CASE("a pattern cuts a line at its stars") {
    CHECK(match_line("  a 1 b 2 ", "a * b *") == std::vector<std::string_view>{"1", "2"});
    CHECK_FALSE(match_line("a 1 c 2", "a * b *"));
    CHECK_FALSE(match_line("x a 1 b", "a * b"));
    CHECK_FALSE(match_line("a 1 bc", "a * b"));
    CHECK(match_line("ab", "ab") == std::vector<std::string_view>{});
}

// SPDX-License-Identifier: Apache-2.0
#include "cli/report/progress.h"

#include <sstream>

#include "cli/report/run_report.h"
#include "cli/report/verdict_difference.h"
#include "tests/catch.h"

using namespace rtlgen;
using namespace rtlgen::cli;

namespace {

store::Attempt judged(int sample, Outcome outcome) {
    store::Attempt attempt;
    attempt.sample = sample;
    attempt.completion = llm::Completion{};
    attempt.verdict = Verdict{};
    attempt.verdict->outcome = outcome;
    attempt.verdict->verdict_class = VerdictClass::None;
    return attempt;
}

}  // namespace

TEST_CASE("where nobody watches, progress is a plain line for each attempt") {
    std::ostringstream err;
    const SystemClock clock;
    {
        Progress progress(err, Streams::Watched::No, {3, 0}, clock);
        progress.tell(judged(1, Outcome::Pass));
        progress.tell(judged(2, Outcome::Fail));
    }
    CHECK(err.str() == "sample 1: pass\nsample 2: fail\n");
}

TEST_CASE("on a terminal the line below says what is left, and is gone in the end") {
    std::ostringstream err;
    const SystemClock clock;
    {
        Progress progress(err, Streams::Watched::Yes, {10, 4}, clock);
        progress.tell(judged(5, Outcome::Pass));
        CHECK(contains(err.str(), "sample 5: pass\n5 of 10 samples, 1 passed, about "));
        CHECK(err.str().ends_with(" left"));
    }
    CHECK(err.str().ends_with("left\r\x1b[K"));
}

TEST_CASE("totals count what was paid for, what wasn't, and what nobody knows the price of") {
    std::vector<store::Attempt> attempts(5);
    for (int i = 0; i < 4; ++i) {
        attempts[static_cast<std::size_t>(i)] = judged(i + 1, Outcome::Fail);
        attempts[static_cast<std::size_t>(i)].completion->usage = {10, 2};
    }
    attempts[0].completion->cost_usd = 0.25;
    attempts[1].completion->cost_usd = 0.5;
    attempts[2].completion->from_cache = true;
    attempts[2].completion->cost_usd = 100;
    CHECK(totals_line(totals_of(attempts), std::chrono::milliseconds(1500)) ==
          "4 requests (1 without answer), 40 + 8 tokens, 0.7500 USD and 1 unpriced, 1 from the "
          "cache, 1.5 s");
    CHECK(
        contains(totals_line(totals_of({attempts[3]}), {}), "1 request, 10 + 2 tokens, unpriced"));
}

TEST_CASE("what differs between verdicts is told apart from why") {
    Verdict before;
    before.outcome = Outcome::Pass;
    before.isolation_level = "S2";
    Check check;
    check.name = "simulate";
    check.outcome = Outcome::Pass;
    check.tool = ToolId{"icarus", "11.0"};
    before.checks = {check};
    Verdict after = before;
    CHECK(verdict_differences(before, after).empty());
    after.outcome = Outcome::Fail;
    after.checks[0].outcome = Outcome::Fail;
    after.checks[0].mismatch = Mismatch{"5", 1, "q", "1", "0", 2, 9};
    after.checks[0].tool->version = "12.0";
    after.isolation_level = "S1";
    const auto facts = verdict_differences(before, after);
    REQUIRE(facts.size() == 7);
    CHECK(facts[0] == Difference{"verdict", "pass", "fail"});
    CHECK(facts[1] == Difference{"simulate", "pass", "fail"});
    CHECK(facts[2] == Difference{"simulate.signal", "", "q"});
    const auto why = circumstance_differences(before, after);
    REQUIRE(why.size() == 2);
    CHECK(why[0] == Difference{"simulate.tool", "icarus 11.0", "icarus 12.0"});
}

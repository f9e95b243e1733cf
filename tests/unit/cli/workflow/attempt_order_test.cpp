// SPDX-License-Identifier: Apache-2.0
#include "cli/workflow/attempt_order.h"

#include "tests/catch.h"
#include "tests/unit/cli/workflow/attempt_fixture.h"

using namespace rtlgen;
using namespace rtlgen::workflow;
using test::failed;
using test::mismatching;

TEST_CASE("attempts are ordered by outcome, how far they came, mismatches, errors and turn") {
    store::Attempt passed = mismatching(0, "a", 5);
    passed.verdict->outcome = Outcome::Pass;
    store::Attempt proven = passed;
    proven.verdict->grade = Grade::Proven;
    store::Attempt unknown = mismatching(90, "a");
    unknown.verdict->outcome = Outcome::Unknown;
    store::Attempt two_errors = failed(VerdictClass::Syntax, "a");
    two_errors.verdict->findings.assign(2, {Severity::Error, "r", "f", 1, 1, "m"});
    store::Attempt one_error = failed(VerdictClass::Elaboration, "a");
    one_error.verdict->findings.assign(1, {Severity::Error, "r", "f", 1, 1, "m"});
    one_error.verdict->findings.push_back({Severity::Warning, "r", "f", 1, 1, "m"});
    const std::vector<store::Attempt> falling = {
        proven,
        passed,
        unknown,
        mismatching(3, "a"),
        mismatching(3, "a", 1),
        mismatching(50, "a"),
        one_error,
        two_errors,
        failed(VerdictClass::Forbidden, "a"),
        failed(VerdictClass::NoCode, ""),
        store::Attempt{},
    };
    for (std::size_t i = 0; i < falling.size(); ++i) {
        for (std::size_t k = 0; k < falling.size(); ++k) {
            CAPTURE(i, k);
            CHECK(is_better(falling[i], falling[k]) == (i < k));
        }
    }
}

TEST_CASE("where mismatches aren't counted, a later first one is better") {
    store::Attempt early = mismatching(0, "a");
    early.verdict->checks[1].mismatch->mismatches.reset();
    store::Attempt late = early;
    late.turn = 1;
    late.verdict->checks[1].mismatch->time = "950";
    CHECK(is_better(late, early));
    CHECK_FALSE(is_better(early, late));
}

TEST_CASE("a summary says what became of an attempt") {
    CHECK(summary_of(mismatching(3, "a")) == "mismatch: 3 of 100 samples wrong, first `q` at 95");
    store::Attempt syntax = failed(VerdictClass::Syntax, "a");
    syntax.verdict->findings.assign(2, {Severity::Error, "r", "f", 1, 1, "bad"});
    CHECK(summary_of(syntax) == "syntax: 2 errors, the first: bad");
    store::Attempt none;
    none.error = Error{ErrorCode::Model, "overloaded", "m"};
    CHECK(summary_of(none) == "no verdict: m: overloaded");
}

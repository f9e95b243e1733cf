// SPDX-License-Identifier: Apache-2.0
#include "verify/composition.h"

#include "tests/catch.h"

using namespace rtlgen;
using namespace rtlgen::verify;

namespace {

Check check(std::string name, Outcome outcome, VerdictClass verdict_class = VerdictClass::None) {
    Check made;
    made.name = std::move(name);
    made.outcome = outcome;
    made.verdict_class = verdict_class;
    return made;
}

struct Row {
    std::vector<Check> checks;
    Assurance assurance;
    std::set<std::string> require;
    Composition expected;
};

}  // namespace

TEST_CASE("each way to a verdict") {
    using enum Outcome;
    using C = VerdictClass;
    using G = Grade;
    const auto gate = check("gate", Pass);
    const auto compile = check("compile", Pass);
    const auto tested = check("simulate", Pass);
    Check bounded = check("prove", Pass);
    bounded.detail = {{"grade", "bounded"}};
    const auto proven = check("prove", Pass);
    Check by_bench = check("simulate", Pass);
    by_bench.detail = {{"simulator", "icarus"}};
    Check failed_by_bench = check("simulate", Fail, C::Mismatch);
    failed_by_bench.detail = {{"simulator", "icarus"}};
    const auto lint_fail = check("lint", Fail, C::Lint);
    const Row table[] = {
        {{gate, compile}, Assurance::Static, {}, {Pass, C::None, G::None, "passed"}},
        {{gate, compile, tested}, Assurance::Testbench, {}, {Pass, C::None, G::Tested, "passed"}},
        {{tested, bounded}, Assurance::Reference, {}, {Pass, C::None, G::Bounded, "passed"}},
        {{tested, proven}, Assurance::Reference, {}, {Pass, C::None, G::Proven, "passed"}},
        {{check("gate", Fail, C::Forbidden)},
         Assurance::Testbench,
         {},
         {Fail, C::Forbidden, G::None, "failed"}},
        {{gate, check("compile", Fail, C::Syntax)},
         Assurance::Testbench,
         {},
         {Fail, C::Syntax, G::None, "failed"}},
        {{gate, compile, check("simulate", Fail, C::Mismatch)},
         Assurance::Testbench,
         {},
         {Fail, C::Mismatch, G::None, "failed"}},
        {{tested, check("prove", Fail, C::Mismatch)},
         Assurance::Reference,
         {},
         {Fail, C::Mismatch, G::None, "failed"}},
        {{compile, tested, lint_fail},
         Assurance::Testbench,
         {},
         {Pass, C::None, G::Tested, "passed"}},
        {{compile, tested, lint_fail},
         Assurance::Testbench,
         {"lint"},
         {Fail, C::Lint, G::None, "failed"}},
        {{compile, tested, check("site:cov", Fail, C::Other)},
         Assurance::Testbench,
         {},
         {Fail, C::Other, G::None, "failed"}},
        {{compile, check("simulate", Unknown, C::Timeout)},
         Assurance::Testbench,
         {},
         {Unknown, C::Timeout, G::None, "undecided"}},
        {{compile, check("simulate", Unknown, C::Race)},
         Assurance::Testbench,
         {},
         {Unknown, C::Race, G::None, "disagreement"}},
        {{tested, check("prove", Unknown, C::Disagreement)},
         Assurance::Reference,
         {},
         {Unknown, C::Disagreement, G::None, "disagreement"}},
        {{tested, check("prove", Unknown, C::Timeout)},
         Assurance::Reference,
         {},
         {Pass, C::None, G::Tested, "passed"}},
        {{compile, check("simulate", ToolError)},
         Assurance::Testbench,
         {},
         {ToolError, C::None, G::None, "tool-error"}},
        {{tested}, Assurance::Testbench, {"proven"}, {Unknown, C::Unjudged, G::None, "required"}},
        // A mismatch that a proof for all time rules out, but not one that may come later than a
        // bounded one looked; whatever else failed is a failure still.
        {{proven, check("simulate", Fail, C::Mismatch)},
         Assurance::Reference,
         {},
         {Unknown, C::Disagreement, G::None, "disagreement"}},
        {{bounded, check("simulate", Fail, C::Mismatch)},
         Assurance::Reference,
         {},
         {Fail, C::Mismatch, G::None, "failed"}},
        {{proven, check("simulate", Fail, C::Timeout)},
         Assurance::Reference,
         {},
         {Fail, C::Timeout, G::None, "failed"}},
        {{proven, check("simulate", Fail, C::Mismatch), check("site:cov", Fail, C::Other)},
         Assurance::Reference,
         {},
         {Fail, C::Other, G::None, "failed"}},
        {{check("prove", Unknown, C::Unjudged), check("simulate", Fail, C::Mismatch)},
         Assurance::Reference,
         {},
         {Fail, C::Mismatch, G::None, "failed"}},
        // What nobody can prove is tested still, and what nobody can simulate is proven.
        {{check("prove", Unknown, C::Unjudged), tested},
         Assurance::Reference,
         {},
         {Pass, C::None, G::Tested, "passed"}},
        {{proven, check("simulate", Unknown, C::Unjudged)},
         Assurance::Reference,
         {},
         {Pass, C::None, G::Proven, "passed"}},
        {{check("prove", Unknown, C::Timeout), check("simulate", Unknown, C::NoProgress)},
         Assurance::Reference,
         {},
         {Unknown, C::NoProgress, G::None, "undecided"}},
        {{check("prove", ToolError), tested},
         Assurance::Reference,
         {},
         {Pass, C::None, G::Tested, "passed"}},
        {{check("prove", ToolError), tested},
         Assurance::Reference,
         {"proven"},
         {ToolError, C::None, G::None, "tool-error"}},
        // With a testbench a proof adds nothing to the grade, but a refutation counts.
        {{proven, tested}, Assurance::Testbench, {}, {Pass, C::None, G::Tested, "passed"}},
        {{check("prove", Fail, C::Mismatch), tested},
         Assurance::Testbench,
         {},
         {Fail, C::Mismatch, G::None, "failed"}},
        {{bounded, tested},
         Assurance::Reference,
         {"proven"},
         {Unknown, C::Unjudged, G::None, "required"}},
        {{proven, tested}, Assurance::Reference, {"proven"}, {Pass, C::None, G::Proven, "passed"}},
        {{compile, check("simulate", Fail, C::ResourceLimit)},
         Assurance::Reference,
         {},
         {Fail, C::ResourceLimit, G::None, "failed"}},
        {{compile, check("simulate", Unknown, C::XDependence)},
         Assurance::Reference,
         {},
         {Unknown, C::XDependence, G::None, "disagreement"}},
        {{compile, tested, check("synthesizable", Fail, C::NotSynthesizable)},
         Assurance::Reference,
         {},
         {Pass, C::None, G::Tested, "passed"}},
        {{compile, tested, check("synthesizable", Fail, C::NotSynthesizable)},
         Assurance::Reference,
         {"synth"},
         {Fail, C::NotSynthesizable, G::None, "failed"}},
        {{compile, tested, check("site:cov", Unknown)},
         Assurance::Reference,
         {},
         {Unknown, C::Other, G::None, "required"}},
        {{gate, check("compile", ToolError)},
         Assurance::Static,
         {},
         {ToolError, C::None, G::None, "tool-error"}},
        {{tested, check("prove", Unknown, C::Timeout)},
         Assurance::Testbench,
         {"proven"},
         {Unknown, C::Timeout, G::None, "required"}},
        // A testbench beside a reference: it can fail a design, but not pass it in the reference's
        // place; what is equal to the reference and fails is a contradiction.
        {{by_bench, tested}, Assurance::Reference, {}, {Pass, C::None, G::Tested, "passed"}},
        {{by_bench}, Assurance::Reference, {}, {Unknown, C::Unjudged, G::None, "unjudged"}},
        {{by_bench, check("simulate", Fail, C::Mismatch)},
         Assurance::Reference,
         {},
         {Fail, C::Mismatch, G::None, "failed"}},
        {{failed_by_bench, tested},
         Assurance::Reference,
         {},
         {Unknown, C::Disagreement, G::None, "disagreement"}},
        {{failed_by_bench, check("simulate", Fail, C::Mismatch)},
         Assurance::Reference,
         {},
         {Fail, C::Mismatch, G::None, "failed"}},
        // A proof knows nothing of a design that ends its own simulation.
        {{proven, check("simulate", Unknown, C::NoProgress)},
         Assurance::Reference,
         {},
         {Unknown, C::NoProgress, G::None, "undecided"}},
        {{compile}, Assurance::Testbench, {}, {Unknown, C::Unjudged, G::None, "unjudged"}},
        {{}, Assurance::Static, {}, {Unknown, C::Unjudged, G::None, "unjudged"}},
    };
    for (const Row& row : table) {
        std::vector<Check> checks = row.checks;
        for (Check& made : checks) {
            // A table of references simulates from outside, but where it says otherwise.
            if (row.assurance != Assurance::Reference || made.name != "simulate") continue;
            if (made.detail.empty()) made.detail = {{"method", "reference"}};
        }
        const Composition got = compose({checks, row.assurance, row.require});
        INFO((row.checks.empty() ? "no check" : row.checks.back().name) << " " << got.rule);
        CHECK(got == row.expected);
    }
}

TEST_CASE("a failure weighs more than a tool that broke") {
    const std::vector<Check> checks = {check("compile", Outcome::ToolError),
                                       check("simulate", Outcome::Fail, VerdictClass::Mismatch)};
    CHECK(compose({checks, Assurance::Testbench, {}}).outcome == Outcome::Fail);
}

TEST_CASE("only known requirements are taken") {
    CHECK(is_requirement("lint"));
    CHECK(is_requirement("synth"));
    CHECK(is_requirement("proven"));
    CHECK_FALSE(is_requirement("gate"));
    CHECK_FALSE(is_requirement("speed"));
}

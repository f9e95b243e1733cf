// SPDX-License-Identifier: Apache-2.0
#include "core/domain/verdict.h"

#include <nlohmann/json.hpp>
#include <set>

#include "tests/catch.h"
#include "tests/unit/core/domain/full_verdict.h"

using namespace rtlgen;

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

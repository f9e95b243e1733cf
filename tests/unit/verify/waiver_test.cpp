// SPDX-License-Identifier: Apache-2.0
#include "verify/waiver.h"

#include <nlohmann/json.hpp>

#include "core/domain/verdict.h"
#include "tests/catch.h"

using namespace rtlgen;
using namespace rtlgen::verify;

namespace {

Finding finding(std::string rule, std::string file, int line, std::string message) {
    return {Severity::Warning, std::move(rule), std::move(file), line, 1, std::move(message)};
}

}  // namespace

TEST_CASE("waivers are read as Verilator writes them") {
    const auto waivers = parse_waivers(
        "`verilator_config\n"
        "// why\n"
        "lint_off -rule WIDTHTRUNC -file \"*/a b.v\" -lines 3-5  // c\n"
        "lint_off -rule icarus/implicit-wire -match \"*clk*\"\n",
        "w.vlt");
    REQUIRE(waivers);
    REQUIRE(waivers->size() == 2);
    CHECK(waivers->at(0) == Waiver{"verilator/WIDTHTRUNC", "*/a b.v", 3, 5, ""});
    CHECK(is_waived(finding("verilator/WIDTHTRUNC", "rtl/a b.v", 4, "x"), *waivers));
    CHECK_FALSE(is_waived(finding("verilator/WIDTHTRUNC", "rtl/a b.v", 6, "x"), *waivers));
    CHECK_FALSE(is_waived(finding("verilator/UNUSED", "rtl/a b.v", 4, "x"), *waivers));
    CHECK(is_waived(finding("icarus/implicit-wire", "c.v", 1, "the clk wire"), *waivers));
}

TEST_CASE("a waiver that can't be read says which line and why") {
    for (const std::string text : {"lint_on -rule X", "lint_off -rule", "lint_off -lines 5-3",
                                   "lint_off -colour red", "tracing_off"}) {
        INFO(text);
        const auto waivers = parse_waivers("\n" + text + "\n", "w.vlt");
        REQUIRE_FALSE(waivers);
        CHECK(waivers.error().code == ErrorCode::Config);
        CHECK(waivers.error().where == "w.vlt:2");
    }
}

TEST_CASE("only findings that the baseline lacks are new, wherever their lines are") {
    const std::vector<Finding> old = {finding("r", "a.v", 3, "m")};
    CHECK(new_findings({finding("r", "a.v", 9, "m")}, old).empty());
    CHECK(new_findings({finding("r", "a.v", 9, "m"), finding("r", "a.v", 10, "m")}, old).size() ==
          1);
    CHECK(new_findings({finding("r", "b.v", 3, "m")}, old).size() == 1);
}

TEST_CASE("a baseline is an earlier verdict") {
    Verdict verdict;
    verdict.findings = {finding("r", "a.v", 3, "m")};
    CHECK(parse_baseline(to_json(verdict).dump(), "b.json") == verdict.findings);
    CHECK(parse_baseline("{}", "b.json").error().code == ErrorCode::Config);
    CHECK(parse_baseline("nonsense", "b.json").error().code == ErrorCode::Config);
}

TEST_CASE("globs") {
    CHECK(glob_match("*", ""));
    CHECK(glob_match("a*c", "abbc"));
    CHECK(glob_match("a?c", "abc"));
    CHECK_FALSE(glob_match("a?c", "ac"));
    CHECK_FALSE(glob_match("a*c", "abcd"));
    CHECK(glob_match("*a*b*", "xxaxxbxx"));
}

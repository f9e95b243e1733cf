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
    for (const std::string text :
         {"lint_of -rule X", "lint_off -rule", "lint_off -rule -file \"a\"", "lint_off -lines 5-3",
          "lint_off -colour red", "module m; endmodule", "lint_off -rule X stray"}) {
        INFO(text);
        const auto waivers = parse_waivers("\n" + text + "\n", "w.vlt");
        REQUIRE_FALSE(waivers);
        CHECK(waivers.error().code == ErrorCode::Config);
        CHECK(waivers.error().where == "w.vlt:2");
    }
}

TEST_CASE("a waiver may take several lines, and comments may stand in it") {
    const auto waivers = parse_waivers(
        "// SPDX\n`verilator_config\n"
        "lint_off -rule WIDTHTRUNC /* two\n lines */ -file \"*/rtl/t.sv\"\n"
        "         -match \"*Initial value's CONST '32'h1'*\"\n"
        "tracing_off -file \"*/x.sv\" -lines 3\n"
        "public -module \"m\" -var \"lint_off\"\n"
        "lint_off -file \"*/prim_*/*.sv\"",
        "w.vlt");
    REQUIRE(waivers);
    REQUIRE(waivers->size() == 2);
    CHECK(waivers->at(0).message == "*Initial value's CONST '32'h1'*");
    CHECK(waivers->at(1) == Waiver{"*", "*/prim_*/*.sv"});
    // Verilator given another folder would name the file so.
    CHECK(is_waived(finding("verilator/WIDTHTRUNC", "rtl/t.sv", 1,
                            "Operator VAR: Initial value's CONST '32'h1' generates 32 bits"),
                    *waivers));
    CHECK_FALSE(is_waived(finding("verilator/WIDTHTRUNC", "rtl/t.sv", 1, "other"), *waivers));
}

TEST_CASE("rules that Verilator has parted stand for their parts") {
    const auto waivers = parse_waivers("lint_off -rule UNUSED\nlint_off -rule WIDTH\n", "w.vlt");
    REQUIRE(waivers);
    for (const char* rule :
         {"UNUSED", "UNUSEDSIGNAL", "UNUSEDPARAM", "WIDTH", "WIDTHTRUNC", "WIDTHEXPAND"}) {
        INFO(rule);
        CHECK(is_waived(finding(std::string("verilator/") + rule, "a.v", 1, "m"), *waivers));
    }
    CHECK_FALSE(is_waived(finding("verilator/WIDTHCONCAT", "a.v", 1, "m"), *waivers));
    CHECK_FALSE(is_waived(finding("icarus/UNUSEDSIGNAL", "a.v", 1, "m"), *waivers));
}

TEST_CASE("lint_on takes back what was waived before it") {
    const auto waivers = parse_waivers(
        "lint_off -rule WIDTH\nlint_on -rule WIDTH -file \"a.v\" -lines 4\n", "w.vlt");
    REQUIRE(waivers);
    CHECK(is_waived(finding("verilator/WIDTH", "a.v", 3, "m"), *waivers));
    CHECK_FALSE(is_waived(finding("verilator/WIDTH", "a.v", 4, "m"), *waivers));
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

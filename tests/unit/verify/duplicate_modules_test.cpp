// SPDX-License-Identifier: Apache-2.0
#include "verify/duplicate_modules.h"

#include "tests/catch.h"

using namespace rtlgen;

namespace {

SourceSet two_files(const std::string& first, const std::string& second) {
    SourceSet set;
    set.files = {{"a.v", {}, first}, {"b.v", {}, second}};
    return set;
}

constexpr const char* kNot = "module inv(input a, output y);\n  assign y = ~a;\nendmodule\n";
constexpr const char* kWire = "// x\nmodule inv(input a, output y);\n  assign y = a;\nendmodule\n";

}  // namespace

TEST_CASE("two different modules of one name are an error at the later one") {
    const auto findings = verify::find_duplicate_modules(two_files(kNot, kWire));
    REQUIRE(findings.size() == 1);
    CHECK(findings[0].rule == "gate/duplicate-module");
    CHECK(findings[0].file == "b.v");
    CHECK(findings[0].line == 2);
    CHECK(findings[0].message.find("a.v:1") != std::string::npos);
    CHECK(verify::find_duplicate_modules(two_files(std::string(kNot) + kWire, "")).size() == 1);
}

TEST_CASE("equal tokens, a condition around it or another name make no duplicate") {
    const std::string spaced = "module inv (input a, output y); assign y = ~a; endmodule // again";
    CHECK(verify::find_duplicate_modules(two_files(kNot, spaced)).empty());
    const std::string guarded = "`ifndef HAVE_INV\n" + std::string(kWire) + "`endif\n";
    CHECK(verify::find_duplicate_modules(two_files(kNot, guarded)).empty());
    CHECK(verify::find_duplicate_modules(
              two_files("`ifdef A\n" + std::string(kNot) + "`else\n" + kWire + "`endif\n", ""))
              .empty());
    const std::string nested = "module outer; " + std::string(kWire) + " endmodule";
    CHECK(verify::find_duplicate_modules(two_files(kNot, nested)).empty());
}

// SPDX-License-Identifier: Apache-2.0
#include "verify/site_check.h"

#include "tests/catch.h"

using namespace rtlgen;
using namespace rtlgen::verify;

namespace {

Check run(const std::string& command) {
    SourceSet set;
    set.files = {{"a.sv", {}, "module a; endmodule\n"}};
    set.top = "a";
    return run_site_check({"mine", command}, set, std::chrono::seconds(20), {}).value();
}

}  // namespace

TEST_CASE("a site's check passes, fails or gives no answer by its exit code") {
    CHECK(run("exit 0").outcome == Outcome::Pass);
    CHECK(run("exit 3").outcome == Outcome::Fail);
    CHECK(run("exit 77").outcome == Outcome::Unknown);
    CHECK(run("kill -9 $$").outcome == Outcome::ToolError);
    CHECK(run("/no/such/tool").outcome == Outcome::ToolError);
    CHECK(run("/etc/passwd").outcome == Outcome::ToolError);
    CHECK(run("exit 0").name == "site:mine");
}

TEST_CASE("a site's check sees the design's files and top, and its output is kept") {
    const Check check = run("cat \"$@\"; echo top $RTLGEN_TOP");
    REQUIRE(check.detail.size() == 1);
    CHECK(check.detail[0].second == "module a; endmodule\ntop a\n");
}

TEST_CASE("failures in a site's JUnit file fail, whatever the exit code") {
    const Check check =
        run("echo '<testsuite><testcase name=\"x\"><failure/></testcase><testcase/></testsuite>' "
            "> $RTLGEN_JUNIT");
    CHECK(check.outcome == Outcome::Fail);
    CHECK(check.reason == "1 of 2 failed");
    CHECK(count_junit("<testcase/><testcase><error x=\"1\"/><failure/></testcase>") ==
          JunitCounts{2, 1});
}

TEST_CASE("a site's check that does not end is no pass") {
    SourceSet set;
    const auto check =
        run_site_check({"slow", "sleep 100"}, set, std::chrono::milliseconds(200), {});
    REQUIRE(check);
    CHECK(check->outcome == Outcome::Unknown);
    CHECK(check->verdict_class == VerdictClass::Timeout);
}

TEST_CASE("a check is named NAME=COMMAND") {
    CHECK(parse_site_check("a=b c=d") == SiteCheck{"a", "b c=d"});
    for (const std::string bad : {"a", "=b", "a=", "a b=c"}) {
        CHECK(parse_site_check(bad).error().code == ErrorCode::InvalidArgument);
    }
}

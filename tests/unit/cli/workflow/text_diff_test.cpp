// SPDX-License-Identifier: Apache-2.0
#include "cli/workflow/text_diff.h"

#include "tests/catch.h"

using namespace rtlgen;
using namespace rtlgen::workflow;

TEST_CASE("a unified diff has hunks with three lines of context, and none where texts are equal") {
    CHECK(unified_diff("a.v", "x\n", "x\n").empty());
    CHECK(unified_diff("a.v", "1\n2\n3\n4\n5\n6\n", "1\n2\n3\n4\nfive\n6\n") ==
          "--- a/a.v\n+++ b/a.v\n@@ -2,5 +2,5 @@\n 2\n 3\n 4\n-5\n+five\n 6\n");
    CHECK(unified_diff("a.v", "", "x\n") == "--- a/a.v\n+++ b/a.v\n@@ -0,0 +1 @@\n+x\n");
    CHECK(contains(unified_diff("a.v", "x", "y\n"), "-x\n\\ No newline at end of file\n+y\n"));
}

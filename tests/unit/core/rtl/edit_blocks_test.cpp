// SPDX-License-Identifier: Apache-2.0
#include "core/rtl/edit_blocks.h"

#include "core/base/line_diff.h"
#include "core/base/text.h"
#include "tests/catch.h"

using namespace rtlgen;
using namespace rtlgen::rtl;

namespace {

const std::string kTop =
    "module top(input a, output y);\n    wire w;\n    assign y = a;\nendmodule\n";
const std::string kSub = "module sub(input a, output y);\n    assign y = !a;\nendmodule\n";

std::vector<SourceFile> files() { return {{"rtl/top.v", {}, kTop}, {"rtl/sub.v", {}, kSub}}; }

std::string block(const std::string& search, const std::string& replace) {
    return "<<<<<<< SEARCH\n" + search + "=======\n" + replace + ">>>>>>> REPLACE\n";
}

}  // namespace

TEST_CASE(
    "a block changes the file that is named before it, whatever marks stand around the name") {
    for (const std::string name :
         {"rtl/top.v", "top.v", "`rtl/top.v`", "**top.v**", "File `top.v`:", "### rtl/top.v"}) {
        CAPTURE(name);
        const EditedFiles edited =
            apply_edits(files(), "I change it.\n" + name + "\n" +
                                     block("    assign y = a;\n", "    assign y = ~a;\n"));
        CHECK(edited.problems.empty());
        CHECK(edited.edits == 1);
        CHECK(contains(edited.files[0].text, "assign y = ~a;"));
        CHECK(edited.files[1].text == kSub);
    }
}

TEST_CASE("without a name the lines say which file it is, and white space is forgiven") {
    for (const std::string search :
         {"    assign y = !a;\n", "assign y = !a;   \n", "\tassign y = !a;\n"}) {
        const EditedFiles edited =
            apply_edits(files(), "```\n" + block(search, "    assign y = a;\n") + "```\n");
        CHECK(edited.problems.empty());
        CHECK(contains(edited.files[1].text, "assign y = a;"));
    }
}

TEST_CASE("lines that are nowhere, or in two places, change nothing, and the answer is told why") {
    for (const std::string search : {"    assign z = a;\n", "endmodule\n", ""}) {
        CAPTURE(search);
        const EditedFiles edited =
            apply_edits(files(), "top.v\n" + block("    wire w;\n", "") +
                                     block(search == "endmodule\n" ? "" : search, "x\n"));
        CHECK(edited.problems.size() == 1);
        CHECK(edited.edits == 0);
        CHECK(edited.files == files());
    }
    const EditedFiles both = apply_edits(files(), block("endmodule\n", "endmodule // end\n"));
    REQUIRE(both.problems.size() == 1);
    CHECK(contains(
        both.problems[0],
        "more than one place has the 1 line beginning with `endmodule`: rtl/top.v:4, rtl/sub.v:3"));
    CHECK(contains(apply_edits(files(), "<<<<<<< SEARCH\nx\n").problems.at(0), "its end"));
}

TEST_CASE("a unified diff is applied by its lines, whatever its numbers say") {
    const EditedFiles edited =
        apply_edits(files(),
                    "```diff\n--- a/rtl/sub.v\n+++ b/rtl/sub.v\n@@ -900,3 +900,3 @@\n module "
                    "sub(input a, output y);\n"
                    "-    assign y = !a;\n+    assign y = a;\n endmodule\n```\n");
    CHECK(edited.problems.empty());
    CHECK(edited.edits == 1);
    CHECK(edited.files[1].text == "module sub(input a, output y);\n    assign y = a;\nendmodule\n");
    CHECK(edited.files[0].text == kTop);
}

TEST_CASE("what unified_diff writes is what apply_edits takes") {
    std::string before;
    for (int i = 0; i < 60; ++i) before += "line " + std::to_string(i) + "\n";
    std::string after = before;
    after.replace(after.find("line 5\n"), 7, "five\nand more\n");
    after.erase(after.find("line 30\n"), 8);
    after += "new end\n";
    const std::string diff = unified_diff(before, after, {"a/a.v", "b/a.v"});
    const EditedFiles edited = apply_edits({{"a.v", {}, before}}, diff);
    CHECK(edited.problems.empty());
    CHECK(edited.edits == 3);
    CHECK(edited.files[0].text == after);
}

TEST_CASE("a whole file in a fence replaces the file that is named, or the only one") {
    const std::string whole = "module sub(input a, output y);\nendmodule\n";
    EditedFiles edited = apply_edits(files(), "rtl/sub.v\n```verilog\n" + whole + "```\n");
    CHECK(edited.files[1].text == whole);
    CHECK(edited.files[0].text == kTop);
    edited = apply_edits({{"one.v", {}, kTop}}, "Here:\n```verilog\n" + whole + "```\n");
    CHECK(edited.files[0].text == whole);
    edited = apply_edits(files(), "Here:\n```verilog\n" + whole + "```\n");
    CHECK(edited.edits == 0);
    CHECK(edited.files == files());
}

TEST_CASE("line ends stay as the file has them") {
    const EditedFiles edited =
        apply_edits({{"a.v", {}, "one\r\ntwo\r\nthree"}}, block("two\n", "2\n"));
    CHECK(edited.files[0].text == "one\r\n2\r\nthree");
}

TEST_CASE("only blocks and hunks are edits") {
    CHECK(has_edits(block("a\n", "b\n")));
    CHECK(has_edits("@@ -1 +1 @@\n-a\n+b\n"));
    CHECK_FALSE(has_edits("```verilog\nmodule m; endmodule\n```\n"));
    CHECK_FALSE(has_edits("<think>\n" + block("a\n", "b\n") + "</think>\nmodule m; endmodule\n"));
}

TEST_CASE("hunks as models write them are applied") {
    const std::string sub = "module sub(input a, output y);\n    assign y = a;\nendmodule\n";
    const std::string changed = "-    assign y = !a;\n+    assign y = a;\n";
    const std::string head = "--- a/rtl/sub.v\n+++ b/rtl/sub.v\n";
    for (const std::string& answer :
         {head + "@@\n" + changed,                                 // no numbers, no context
          head + "@@ -1,99 +7,2 @@\n" + changed + " endmodule\n",  // wrong counts
          head + "@@ -2 +2 @@\n" + changed + "endmodule\n",        // context without its space
          head + "@@ -2 +2 @@\n" + changed + "\nThis mends the sign.\n",  // prose behind it
          "```diff\n" + head + changed + "```\n",                         // signs alone
          "```diff\nrtl/sub.v\n@@ -2 +2 @@\n" + changed + "```\n",
          "~~~patch\n" + head + "@@ -2 +2 @@\n" + changed + "~~~\n",
          "diff --git a/rtl/sub.v b/rtl/sub.v\nindex 1..2 100644\n" + head + "@@ -2 +2 @@\n" +
              changed}) {
        CAPTURE(answer);
        const EditedFiles edited = apply_edits(files(), answer);
        CAPTURE(edited.problems);
        CHECK(edited.problems.empty());
        CHECK(edited.files[1].text == sub);
        CHECK(edited.files[0].text == kTop);
    }
}

TEST_CASE("a diff may change several files, with the line ends of answers or of files") {
    std::string answer =
        "```diff\n--- a/rtl/top.v\n+++ b/rtl/top.v\n@@ -3 +3 @@\n-    assign y = a;\n+    assign "
        "y = w;\n--- a/rtl/sub.v\n+++ b/rtl/sub.v\n@@ -2 +2 @@\n-    assign y = !a;\n+    assign y "
        "= a;\n```\n";
    answer = replace_all(std::move(answer), "\n", "\r\n");
    const EditedFiles edited = apply_edits(files(), answer);
    CHECK(edited.problems.empty());
    CHECK(edited.edits == 2);
    CHECK(contains(edited.files[0].text, "    assign y = w;\n"));
    CHECK(contains(edited.files[1].text, "    assign y = a;\n"));
}

TEST_CASE("of equal places a hunk's number decides, where it is that of one") {
    const std::vector<SourceFile> twice = {{"a.v", {}, "x\ny\nend\nz\nend\n"}};
    CHECK(apply_edits(twice, "@@ -5 +5 @@\n-end\n+END\n").files[0].text == "x\ny\nend\nz\nEND\n");
    CHECK(apply_edits(twice, "@@ -1 +1,2 @@\n-x\n+x1\n+x2\n@@ -5 +6 @@\n-end\n+END\n")
              .files[0]
              .text == "x1\nx2\ny\nend\nz\nEND\n");
    const EditedFiles unsure = apply_edits(twice, "@@ -4 +4 @@\n-end\n+END\n");
    REQUIRE(unsure.problems.size() == 1);
    CHECK(contains(unsure.problems[0], "a.v:3, a.v:5"));
    CHECK(unsure.files == twice);
}

TEST_CASE("an exact place counts more than one that white space makes equal") {
    const std::vector<SourceFile> both = {{"a.v", {}, "  assign y=a;\n\tassign y = a;\n"}};
    CHECK(apply_edits(both, block("\tassign y = a;\n", "new\n")).files[0].text ==
          "  assign y=a;\nnew\n");
    CHECK(apply_edits(both, block("assign y=a;\n", "new\n")).files[0].text ==
          "new\n\tassign y = a;\n");
    // Empty lines around what is looked for are the answer's.
    CHECK(apply_edits(both, block("\n  assign y=a;\n\n", "\nnew\n")).files[0].text ==
          "new\n\tassign y = a;\n");
}

TEST_CASE("a diff for a file that isn't there is a problem where it could mean several") {
    const std::string answer = "--- a/other.v\n+++ b/other.v\n@@ -3 +3 @@\n-endmodule\n+x\n";
    const EditedFiles edited = apply_edits(files(), answer);
    REQUIRE_FALSE(edited.problems.empty());
    CHECK(edited.problems[0] == "the design has no file b/other.v");
    CHECK(apply_edits({{"one.v", {}, kTop}}, answer).problems.empty());
}

TEST_CASE("a file that leaves parts out doesn't replace the whole one") {
    const std::string part = "module top;\n  // ... existing code ...\nendmodule\n";
    const EditedFiles edited = apply_edits({{"one.v", {}, kTop}}, "```verilog\n" + part + "```\n");
    CHECK(edited.problems ==
          std::vector<std::string>{"the file leaves parts out: `// ... existing code ...`"});
    CHECK(edited.files[0].text == kTop);
}

TEST_CASE("the single file's new text may stand without a fence") {
    CHECK(apply_edits({{"one.v", {}, kTop}}, "Here is all of it:\n\n" + kSub).files[0].text ==
          kSub);
    CHECK(apply_edits({{"one.v", {}, kTop}}, "I can't.").problems.size() == 1);
}

TEST_CASE("lines that look the same a million times are given up on") {
    std::string many;
    for (int i = 0; i < 20'000; ++i) many += "a\n";
    const EditedFiles edited =
        apply_edits({{"one.v", {}, many}}, block(many.substr(0, 20'000) + "b\n", "x\n"));
    CHECK(edited.problems == std::vector<std::string>{"the edits take too long to look for"});
}

// SPDX-License-Identifier: Apache-2.0
#include "cli/workflow/edit_answer.h"

#include "cli/workflow/text_diff.h"
#include "tests/catch.h"

using namespace rtlgen;
using namespace rtlgen::workflow;

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
            apply_answer(files(), "I change it.\n" + name + "\n" +
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
            apply_answer(files(), "```\n" + block(search, "    assign y = a;\n") + "```\n");
        CHECK(edited.problems.empty());
        CHECK(contains(edited.files[1].text, "assign y = a;"));
    }
}

TEST_CASE("lines that are nowhere, or in two places, change nothing, and the answer is told why") {
    for (const std::string search : {"    assign z = a;\n", "endmodule\n", ""}) {
        CAPTURE(search);
        const EditedFiles edited =
            apply_answer(files(), "top.v\n" + block("    wire w;\n", "") +
                                      block(search == "endmodule\n" ? "" : search, "x\n"));
        CHECK(edited.problems.size() == 1);
        CHECK(edited.edits == 0);
        CHECK(edited.files == files());
    }
    const EditedFiles both = apply_answer(files(), block("endmodule\n", "endmodule // end\n"));
    REQUIRE(both.problems.size() == 1);
    CHECK(contains(both.problems[0],
                   "more than one place has the 1 lines that begin with `endmodule`"));
    CHECK(contains(apply_answer(files(), "<<<<<<< SEARCH\nx\n").problems.at(0), "its end"));
}

TEST_CASE("a unified diff is applied by its lines, whatever its numbers say") {
    const EditedFiles edited =
        apply_answer(files(),
                     "```diff\n--- a/rtl/sub.v\n+++ b/rtl/sub.v\n@@ -900,3 +900,3 @@\n module "
                     "sub(input a, output y);\n"
                     "-    assign y = !a;\n+    assign y = a;\n endmodule\n```\n");
    CHECK(edited.problems.empty());
    CHECK(edited.edits == 1);
    CHECK(edited.files[1].text == "module sub(input a, output y);\n    assign y = a;\nendmodule\n");
    CHECK(edited.files[0].text == kTop);
}

TEST_CASE("what unified_diff writes is what apply_answer takes") {
    std::string before;
    for (int i = 0; i < 60; ++i) before += "line " + std::to_string(i) + "\n";
    std::string after = before;
    after.replace(after.find("line 5\n"), 7, "five\nand more\n");
    after.erase(after.find("line 30\n"), 8);
    after += "new end\n";
    const std::string diff = unified_diff("a.v", before, after);
    const EditedFiles edited = apply_answer({{"a.v", {}, before}}, diff);
    CHECK(edited.problems.empty());
    CHECK(edited.edits == 3);
    CHECK(edited.files[0].text == after);
}

TEST_CASE("a whole file in a fence replaces the file that is named, or the only one") {
    const std::string whole = "module sub(input a, output y);\nendmodule\n";
    EditedFiles edited = apply_answer(files(), "rtl/sub.v\n```verilog\n" + whole + "```\n");
    CHECK(edited.files[1].text == whole);
    CHECK(edited.files[0].text == kTop);
    edited = apply_answer({{"one.v", {}, kTop}}, "Here:\n```verilog\n" + whole + "```\n");
    CHECK(edited.files[0].text == whole);
    edited = apply_answer(files(), "Here:\n```verilog\n" + whole + "```\n");
    CHECK(edited.edits == 0);
    CHECK(edited.files == files());
}

TEST_CASE("line ends stay as the file has them") {
    const EditedFiles edited =
        apply_answer({{"a.v", {}, "one\r\ntwo\r\nthree"}}, block("two\n", "2\n"));
    CHECK(edited.files[0].text == "one\r\n2\r\nthree");
}

TEST_CASE("only blocks and hunks are edits") {
    CHECK(has_edits(block("a\n", "b\n")));
    CHECK(has_edits("@@ -1 +1 @@\n-a\n+b\n"));
    CHECK_FALSE(has_edits("```verilog\nmodule m; endmodule\n```\n"));
    CHECK_FALSE(has_edits("<think>\n" + block("a\n", "b\n") + "</think>\nmodule m; endmodule\n"));
}

TEST_CASE("a unified diff has hunks with three lines of context, and none where texts are equal") {
    CHECK(unified_diff("a.v", "x\n", "x\n").empty());
    CHECK(unified_diff("a.v", "1\n2\n3\n4\n5\n6\n", "1\n2\n3\n4\nfive\n6\n") ==
          "--- a/a.v\n+++ b/a.v\n@@ -2,5 +2,5 @@\n 2\n 3\n 4\n-5\n+five\n 6\n");
    CHECK(unified_diff("a.v", "", "x\n") == "--- a/a.v\n+++ b/a.v\n@@ -0,0 +1 @@\n+x\n");
    CHECK(contains(unified_diff("a.v", "x", "y\n"), "-x\n\\ No newline at end of file\n+y\n"));
}

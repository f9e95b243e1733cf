// SPDX-License-Identifier: Apache-2.0
#include "core/base/line_diff.h"

#include <cstdlib>
#include <random>

#include "core/base/files.h"
#include "core/base/temp_folder.h"
#include "tests/catch.h"

using namespace rtlgen;

TEST_CASE("equal texts have no difference") {
    CHECK(unified_diff("", "", {"a", "b"}).empty());
    CHECK(unified_diff("x\ny\n", "x\ny\n", {"a", "b"}).empty());
}

TEST_CASE("a changed line stands with three lines around it") {
    const std::string diff =
        unified_diff("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n", {"a", "b"});
    CHECK(diff == "--- a\n+++ b\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n");
}

TEST_CASE("changes far from each other are hunks of their own") {
    std::string before;
    for (int i = 0; i < 30; ++i) before += std::to_string(i) + "\n";
    const std::string after = "new\n" + before + "last";
    const std::string diff = unified_diff(before, after, {"a", "b"});
    CHECK(diff ==
          "--- a\n+++ b\n@@ -1,3 +1,4 @@\n+new\n 0\n 1\n 2\n@@ -28,3 +29,4 @@\n 27\n 28\n 29\n"
          "+last\n\\ No newline at end of file\n");
}

TEST_CASE("from nothing and to nothing") {
    CHECK(unified_diff("", "a\n", {"a", "b"}) == "--- a\n+++ b\n@@ -0,0 +1 @@\n+a\n");
    CHECK(unified_diff("a\n", "", {"a", "b"}) == "--- a\n+++ b\n@@ -1 +0,0 @@\n-a\n");
}

TEST_CASE("patch makes the second text of the first one, whatever they are") {
    if (std::system("command -v patch >/dev/null 2>&1") != 0) SKIP_VISIBLY("no patch");
    const TempFolder folder = TempFolder::create().value();
    std::mt19937 random(7);
    const auto text = [&random] {
        std::string lines;
        const auto count = random() % 40;
        for (std::uint64_t i = 0; i < count; ++i)
            lines += std::string(1, "abcd"[random() % 4]) + "\n";
        return random() % 5 == 0 ? lines + "end" : lines;
    };
    const std::string file = (folder.path() / "f").string();
    const std::string patch = (folder.path() / "p").string();
    for (int i = 0; i < 60; ++i) {
        const std::string before = text();
        const std::string after = text();
        if (before == after || before.empty() || after.empty()) continue;
        REQUIRE(write_file_atomic(file, before));
        REQUIRE(write_file_atomic(patch, unified_diff(before, after, {"f", "f"})));
        const std::string command = "patch -s '" + file + "' '" + patch + "' >/dev/null 2>&1";
        CAPTURE(before, after);
        CHECK(std::system(command.c_str()) == 0);
        CHECK(read_file(file).value() == after);
    }
}

TEST_CASE("texts that have nothing in common are one replacement, in bounded time") {
    std::string before;
    std::string after;
    for (int i = 0; i < 5000; ++i) {
        before += "a" + std::to_string(i) + "\n";
        after += "b" + std::to_string(i) + "\n";
    }
    const std::string diff = unified_diff(before, after, {"a", "b"});
    CHECK(contains(diff, "@@ -1,5000 +1,5000 @@\n-a0\n"));
    CHECK(diff.ends_with("+b4999\n"));
}

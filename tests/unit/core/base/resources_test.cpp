// SPDX-License-Identifier: Apache-2.0
// The folder in front of the built-in files: there, or an error.
#include "core/base/resources.h"

#include <sys/wait.h>
#include <unistd.h>

#include <array>

#include "core/base/files.h"
#include "core/base/temp_folder.h"
#include "tests/catch.h"

using namespace rtlgen;
namespace fs = std::filesystem;

namespace {

constexpr std::array<EmbeddedFile, 2> kFiles = {EmbeddedFile{"a.md", "built in"},
                                                EmbeddedFile{"b.md", "built in"}};

using Paths = std::vector<std::string>;

}  // namespace

TEST_CASE("files of a folder stand in front of the built-in ones") {
    const TempFolder folder = TempFolder::create().value();
    fs::create_directory(folder.path() / "sub");
    REQUIRE(write_file_atomic(folder.path() / "a.md", "mine"));
    REQUIRE(write_file_atomic(folder.path() / "sub" / "c.md", "mine"));
    const ResourceTree tree = ResourceTree::open(kFiles, folder.path()).value();
    CHECK(tree.read("a.md").value() == "mine");
    CHECK(tree.read("b.md").value() == "built in");
    CHECK(tree.read("none.md").error().code == ErrorCode::NotFound);
    CHECK(tree.paths() == Paths{"a.md", "b.md", "sub/c.md"});
    CHECK(ResourceTree::open(kFiles).value().paths() == Paths{"a.md", "b.md"});
}

TEST_CASE("a folder that isn't there is an error, and not the built-in files") {
    const TempFolder folder = TempFolder::create().value();
    const fs::path none = folder.path() / "none";
    const auto opened = ResourceTree::open(kFiles, none);
    REQUIRE_FALSE(opened);
    CHECK(opened.error().code == ErrorCode::NotFound);
    CHECK(contains(opened.error().text(), none.string()));
    CHECK(ResourceTree(kFiles, none).read("a.md").error().text() == opened.error().text());
    REQUIRE(write_file_atomic(folder.path() / "file", "x"));
    const auto file = ResourceTree::open(kFiles, folder.path() / "file");
    REQUIRE_FALSE(file);
    CHECK(file.error().code == ErrorCode::Unreadable);
}

TEST_CASE("a loop of links in a folder is no file of it") {
    const TempFolder folder = TempFolder::create().value();
    fs::create_symlink("loop", folder.path() / "loop");
    fs::create_symlink("nowhere", folder.path() / "dangling");
    fs::create_directory_symlink(".", folder.path() / "self");
    const ResourceTree tree = ResourceTree::open(kFiles, folder.path()).value();
    CHECK(tree.paths() == Paths{"a.md", "b.md"});
    CHECK(tree.read("loop").error().code == ErrorCode::Unreadable);
}

TEST_CASE("a subfolder that can't be read is named") {
    const TempFolder folder = TempFolder::create().value();
    fs::permissions(folder.path(), fs::perms(0755));
    fs::create_directory(folder.path() / "closed");
    REQUIRE(write_file_atomic(folder.path() / "mine.md", "mine"));
    fs::permissions(folder.path() / "closed", fs::perms::none);
    // Modes don't bind root: a child without rights looks.
    const pid_t child = ::fork();
    if (child == 0) {
        if (::geteuid() == 0 && ::setresuid(65533, 65533, 65533) != 0) ::_exit(2);
        const auto opened = ResourceTree::open(kFiles, folder.path());
        const bool named = !opened && opened.error().code == ErrorCode::Unreadable &&
                           contains(opened.error().text(), "closed");
        const Paths paths = ResourceTree(kFiles, folder.path()).paths();
        ::_exit(named && paths == Paths{"a.md", "b.md", "mine.md"} ? 0 : 1);
    }
    int status = -1;
    REQUIRE(::waitpid(child, &status, 0) == child);
    CHECK(status == 0);
}

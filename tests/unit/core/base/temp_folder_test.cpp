// SPDX-License-Identifier: Apache-2.0
// Temporary folders end with their owners.
#include "core/base/temp_folder.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>

#include "core/base/files.h"
#include "core/base/folder_removal.h"
#include "tests/catch.h"

using namespace rtlgen;
namespace fs = std::filesystem;

namespace {

void age(const fs::path& folder) {
    fs::last_write_time(folder, fs::file_time_type::clock::now() - std::chrono::minutes(5));
}

/// A folder in `root` whose owner was killed.
fs::path abandoned_in(const fs::path& root) {
    int ready[2];
    REQUIRE(::pipe(ready) == 0);
    const pid_t child = ::fork();
    if (child == 0) {
        const auto folder = TempFolder::create(root);
        const std::string name = folder ? folder->path().string() : "";
        if (::write(ready[1], name.data(), name.size()) < 0) ::_exit(1);
        for (;;) ::pause();
    }
    char name[4096];
    const ssize_t size = ::read(ready[0], name, sizeof name);
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    ::close(ready[0]);
    ::close(ready[1]);
    REQUIRE(size > 0);
    return std::string(name, static_cast<std::size_t>(size));
}

}  // namespace

TEST_CASE("a temporary folder is private and goes away with all in it") {
    fs::path path;
    {
        const TempFolder folder = TempFolder::create().value();
        path = folder.path();
        CHECK((fs::status(path).permissions() & fs::perms::mask) == fs::perms::owner_all);
        REQUIRE(write_file_atomic(path / "file", "x"));
    }
    CHECK_FALSE(fs::exists(path));
}

TEST_CASE("a temporary folder of a killed process is removed later, and none that is in use") {
    const TempFolder root = TempFolder::create().value();
    const fs::path abandoned = abandoned_in(root.path());
    const fs::path young = abandoned_in(root.path());
    REQUIRE(write_file_atomic(abandoned / "file", "x"));
    const TempFolder used = TempFolder::create(root.path()).value();
    const fs::path other = root.path() / "rtlgen-backup";
    fs::create_directory(other);
    const fs::path link = root.path() / "rtlgen-tmp-link";
    fs::create_directory_symlink(other, link);
    for (const fs::path& folder : {abandoned, used.path(), other}) age(folder);
    remove_abandoned_folders(root.path());
    CHECK_FALSE(fs::exists(abandoned));
    CHECK(fs::exists(young));
    CHECK(fs::exists(used.path()));
    CHECK(fs::exists(other));
    CHECK(fs::is_symlink(link));
}

TEST_CASE("a temporary folder goes away whatever modes are in it") {
    const TempFolder root = TempFolder::create().value();
    const bool is_root = ::geteuid() == 0;
    if (is_root) REQUIRE(::chown(root.path().c_str(), 65533, 65533) == 0);
    const pid_t child = ::fork();
    if (child == 0) {
        // Modes don't bind root.
        if (is_root &&
            (::setresgid(65533, 65533, 65533) != 0 || ::setresuid(65533, 65533, 65533) != 0)) {
            ::_exit(2);
        }
        {
            const TempFolder folder = TempFolder::create(root.path()).value();
            fs::create_directories(folder.path() / "a/b/c");
            fs::create_directory_symlink(root.path(), folder.path() / "a/link");
            for (const char* in : {"a/b/c", "a/b", "a", ""}) {
                fs::permissions(folder.path() / in, fs::perms::none);
            }
        }
        ::_exit(fs::is_empty(root.path()) ? 0 : 1);
    }
    int status = -1;
    REQUIRE(::waitpid(child, &status, 0) == child);
    CHECK(status == 0);
}

TEST_CASE("a folder deeper than files can be open is removed, and no link out of it is followed") {
    const TempFolder root = TempFolder::create().value();
    REQUIRE(write_file_atomic(root.path() / "kept", "x"));
    const fs::path made = root.path() / "made";
    fs::create_directory(made);
    int at = ::open(made.c_str(), O_RDONLY | O_DIRECTORY);
    constexpr int kDeep = 3000;
    for (int i = 0; i < kDeep; ++i) {
        REQUIRE(::mkdirat(at, "d", 0700) == 0);
        const int next = ::openat(at, "d", O_RDONLY | O_DIRECTORY);
        ::close(at);
        REQUIRE(next >= 0);
        at = next;
    }
    REQUIRE(::symlinkat(root.path().c_str(), at, "link") == 0);
    ::close(at);
    rlimit before{};
    REQUIRE(::getrlimit(RLIMIT_NOFILE, &before) == 0);
    const rlimit few{256, before.rlim_max};
    REQUIRE(::setrlimit(RLIMIT_NOFILE, &few) == 0);
    CHECK(remove_folder(made));
    ::setrlimit(RLIMIT_NOFILE, &before);
    CHECK_FALSE(fs::exists(made));
    CHECK(fs::exists(root.path() / "kept"));
}

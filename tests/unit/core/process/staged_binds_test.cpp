// SPDX-License-Identifier: Apache-2.0
// Folders of a user's that the job's user could not read.
#include "core/process/staged_binds.h"

#include <sys/stat.h>

#include <atomic>
#include <map>
#include <string>
#include <thread>

#include "core/base/files.h"
#include "core/base/temp_folder.h"
#include "tests/catch.h"

using namespace rtlgen;
using namespace rtlgen::process;

namespace {

namespace fs = std::filesystem;

/// Only that it isn't root counts.
JobUser somebody() {
    JobUser user;
    user.uid = 65534;
    user.gid = 65534;
    return user;
}

Result<StagedBinds> stage(const fs::path& folder) {
    return stage_binds({{folder, {}}}, somebody(), IsolationLevel::S2);
}

}  // namespace

TEST_CASE("a folder that its owner alone may read is copied, links and rights with it") {
    const TempFolder folder = TempFolder::create().value();
    fs::create_directory(folder.path() / "deep");
    REQUIRE(write_file_atomic(folder.path() / "deep" / "a.v", "module a; endmodule\n"));
    fs::create_symlink("deep/a.v", folder.path() / "link.v");
    REQUIRE(mkfifo((folder.path() / "pipe").c_str(), 0600) == 0);
    const auto staged = stage(folder.path());
    REQUIRE(staged);
    REQUIRE(staged->copies);
    const fs::path copy = staged->binds[0].host;
    CHECK(staged->binds[0].inside == folder.path());
    CHECK(copy != folder.path());
    CHECK(read_file(copy / "link.v").value() == "module a; endmodule\n");
    CHECK((fs::status(copy / "deep").permissions() & fs::perms::others_exec) != fs::perms::none);
    CHECK((fs::status(copy / "deep/a.v").permissions() & fs::perms::others_read) !=
          fs::perms::none);
    CHECK_FALSE(fs::exists(copy / "pipe"));
}

TEST_CASE(
    "an open folder is bound as it is, and of what is private in it the sources alone are copied") {
    const TempFolder folder = TempFolder::create().value();
    fs::permissions(folder.path(), fs::perms(0755));
    for (const char* name : {".ssh", "private", "open"}) fs::create_directory(folder.path() / name);
    for (const char* name : {"a.v", "open.v", "notes", ".ssh/id", ".ssh/a.v", "private/b.svh",
                             "private/key.pem", "open/c.mem", ".env"}) {
        REQUIRE(write_file_atomic(folder.path() / name, name));
        fs::permissions(folder.path() / name, fs::perms(0600));
    }
    REQUIRE(write_file_atomic(folder.path() / "big", "x"));
    fs::resize_file(folder.path() / "big", 70U << 20U);
    fs::permissions(folder.path() / "open.v", fs::perms(0644));
    fs::permissions(folder.path() / ".ssh", fs::perms(0700));
    fs::permissions(folder.path() / "private", fs::perms(0700));
    const auto staged = stage(folder.path());
    REQUIRE(staged);
    std::map<std::string, fs::path> shown;
    for (const ReadOnlyBind& bind : staged->binds) shown[bind.inside.string()] = bind.host;
    const std::string at = folder.path().string();
    REQUIRE(shown.size() == 4);
    CHECK(shown.at(at) == folder.path());
    CHECK(read_file(shown.at(at + "/a.v")).value() == "a.v");
    CHECK(read_file(shown.at(at + "/open/c.mem")).value() == "open/c.mem");
    CHECK(read_file(shown.at(at + "/private") / "b.svh").value() == "private/b.svh");
    CHECK_FALSE(fs::exists(shown.at(at + "/private") / "key.pem"));
}

TEST_CASE("a private folder with much besides sources is copied without that") {
    const TempFolder folder = TempFolder::create().value();
    REQUIRE(write_file_atomic(folder.path() / "a.v", "module a; endmodule\n"));
    fs::create_directory(folder.path() / ".ssh");
    REQUIRE(write_file_atomic(folder.path() / ".ssh" / "id.v", "key"));
    REQUIRE(write_file_atomic(folder.path() / "video", "x"));
    fs::resize_file(folder.path() / "video", 70U << 20U);
    const auto staged = stage(folder.path());
    REQUIRE(staged);
    const fs::path copy = staged->binds.at(0).host;
    CHECK(fs::exists(copy / "a.v"));
    CHECK_FALSE(fs::exists(copy / "video"));
    CHECK_FALSE(fs::exists(copy / ".ssh"));
    // A file that is named is wanted, whatever it is called; the rest says what to do in one line.
    CHECK(read_file(stage(folder.path() / ".ssh" / "id.v").value().binds.at(0).host) ==
          std::string("key"));
    fs::rename(folder.path() / "video", folder.path() / "video.hex");
    const auto over = stage(folder.path());
    REQUIRE_FALSE(over);
    CHECK(over.error().code == ErrorCode::Unreadable);
    CHECK_FALSE(contains(over.error().text(), "chmod"));
}

TEST_CASE("more private files than a jail has mounts for are one copy") {
    const TempFolder folder = TempFolder::create().value();
    fs::permissions(folder.path(), fs::perms(0755));
    for (int i = 0; i < 200; ++i) {
        const fs::path file = folder.path() / (std::to_string(i) + ".v");
        REQUIRE(write_file_atomic(file, "x"));
        fs::permissions(file, fs::perms(i == 0 ? 0644 : 0600));
    }
    const auto staged = stage(folder.path());
    REQUIRE(staged);
    REQUIRE(staged->binds.size() == 1);
    CHECK(staged->binds[0].inside == folder.path());
    for (const char* name : {"0.v", "199.v"}) CHECK(fs::exists(staged->binds[0].host / name));
}

TEST_CASE("at S1 what is private in an open folder keeps nobody from it, but for sources") {
    const TempFolder folder = TempFolder::create().value();
    fs::permissions(folder.path(), fs::perms(0755));
    REQUIRE(write_file_atomic(folder.path() / "a.v", "x"));
    fs::create_directory(folder.path() / ".ssh");
    fs::permissions(folder.path() / ".ssh", fs::perms(0700));
    REQUIRE(write_file_atomic(folder.path() / "notes", "x"));
    fs::permissions(folder.path() / "notes", fs::perms(0600));
    fs::permissions(folder.path() / "a.v", fs::perms(0644));
    CHECK(stage_binds({{folder.path(), {}}}, somebody(), IsolationLevel::S1));
    fs::permissions(folder.path() / "a.v", fs::perms(0600));
    const auto closed = stage_binds({{folder.path(), {}}}, somebody(), IsolationLevel::S1);
    REQUIRE_FALSE(closed);
    CHECK(contains(closed.error().text(), "a.v"));
}

TEST_CASE("a folder in use is copied, whatever comes and goes in it meanwhile") {
    const TempFolder folder = TempFolder::create().value();
    REQUIRE(write_file_atomic(folder.path() / "a.v", "module a; endmodule\n"));
    std::atomic<bool> done = false;
    std::jthread other([&] {
        std::error_code ignored;
        while (!done) {
            for (int i = 0; i < 20; ++i) {
                fs::create_directories(folder.path() / std::to_string(i) / "in", ignored);
            }
            for (int i = 0; i < 20; ++i) fs::remove_all(folder.path() / std::to_string(i), ignored);
        }
    });
    for (int i = 0; i < 300; ++i) {
        const auto staged = stage(folder.path());
        if (!staged) done = true;
        REQUIRE(staged);
        CHECK(fs::exists(staged->binds[0].host / "a.v"));
    }
    done = true;
}

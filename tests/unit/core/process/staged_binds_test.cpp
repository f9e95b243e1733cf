// SPDX-License-Identifier: Apache-2.0
// Folders of a user's that the job's user could not read.
#include "core/process/staged_binds.h"

#include <sys/stat.h>

#include <atomic>
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

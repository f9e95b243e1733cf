// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <thread>

#include "core/base/files.h"
#include "core/base/hash.h"
#include "core/base/temp_folder.h"
#include "tests/catch.h"
#include "tests/environment.h"

using namespace rtlgen;
namespace fs = std::filesystem;

TEST_CASE("a written file is whole, and no temporary one is left beside it") {
    const auto folder = TempFolder::create();
    REQUIRE(folder);
    REQUIRE(write_file_atomic(folder->path() / "a.txt", "one"));
    REQUIRE(write_file_atomic(folder->path() / "a.txt", "two"));
    CHECK(read_file(folder->path() / "a.txt") == std::string("two"));
    const std::filesystem::directory_iterator entries(folder->path());
    CHECK(std::distance(begin(entries), end(entries)) == 1);
}

TEST_CASE("what can't be read says why, by its code") {
    const auto folder = TempFolder::create();
    REQUIRE(folder);
    CHECK(read_file(folder->path() / "none").error().code == ErrorCode::NotFound);
    CHECK(read_file(folder->path()).error().code == ErrorCode::Unreadable);
    std::ofstream(folder->path() / "big") << std::string(2000, 'x');
    CHECK(read_file(folder->path() / "big", Bytes{1000}).error().code == ErrorCode::Unreadable);
    std::ofstream(folder->path() / "binary") << std::string("a\0b", 3);
    CHECK(read_text(folder->path() / "binary").error().code == ErrorCode::Unreadable);
    CHECK(write_file_atomic(folder->path() / "no" / "such", "x").error().code == ErrorCode::Io);
}

TEST_CASE("a text's byte order mark is left out, and a pipe is read to its end") {
    const TempFolder folder = TempFolder::create().value();
    REQUIRE(write_file_atomic(folder.path() / "marked", "\xef\xbb\xbfmodule"));
    CHECK(read_text(folder.path() / "marked").value() == "module");
    CHECK(read_file(folder.path() / "marked").value().size() == 9);
    const std::filesystem::path pipe = folder.path() / "pipe";
    REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
    std::jthread writer([&] { std::ofstream(pipe) << "late" << std::flush << " text"; });
    CHECK(read_text(pipe).value() == "late text");
}

TEST_CASE("a full disk is named, and a device is written in place, never replaced") {
    const Status status = write_file_atomic("/dev/full", "x");
    REQUIRE_FALSE(status);
    CHECK(status.error().code == ErrorCode::Io);
    CHECK(status.error().message.find("disk is full") != std::string::npos);
    CHECK(std::filesystem::is_character_file("/dev/full"));
    CHECK(write_file_atomic("/dev/null", "x"));
    CHECK(std::filesystem::is_character_file("/dev/null"));
}

TEST_CASE("a link that is written stays a link, and what it names is written") {
    const TempFolder folder = TempFolder::create().value();
    const fs::path real = folder.path() / "real.v";
    const fs::path link = folder.path() / "link.v";
    fs::create_symlink("real.v", link);
    REQUIRE(write_file_atomic(link, "new"));  // the link's target isn't there yet
    CHECK(fs::is_symlink(link));
    CHECK(read_file(real).value() == "new");
    REQUIRE(write_file_atomic(link, "newer"));
    CHECK(fs::is_symlink(link));
    CHECK(read_file(real).value() == "newer");
    fs::create_symlink("loop", folder.path() / "loop");
    CHECK(write_file_atomic(folder.path() / "loop", "x").error().code == ErrorCode::Io);
}

TEST_CASE("a link to an open file of this process is written where the file stands") {
    const TempFolder folder = TempFolder::create().value();
    const fs::path file = folder.path() / "redirected";
    const fs::path link = folder.path() / "stdout";
    const int open_file = ::open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0644);
    REQUIRE(open_file >= 0);
    REQUIRE(::write(open_file, "said before\n", 12) == 12);
    fs::create_symlink("/proc/self/fd/" + std::to_string(open_file), link);
    struct stat before{};
    struct stat after{};
    REQUIRE(::fstat(open_file, &before) == 0);
    CHECK(write_file_atomic(link, "bytes\n"));
    CHECK(fs::is_symlink(link));
    REQUIRE(::stat(file.c_str(), &after) == 0);
    CHECK(before.st_ino == after.st_ino);
    CHECK(read_file(file).value() == "said before\nbytes\n");
    ::close(open_file);
    const int read_only = ::open(file.c_str(), O_RDONLY);
    CHECK(write_file_atomic("/proc/self/fd/" + std::to_string(read_only), "whole\n"));
    CHECK(read_file(file).value() == "whole\n");
    ::close(read_only);
}

TEST_CASE("a file that is written again keeps its mode, and its owner where root writes") {
    const TempFolder folder = TempFolder::create().value();
    const fs::path file = folder.path() / "a.sh";
    for (const mode_t mode : {0600U, 0755U, 0664U}) {
        REQUIRE(write_file_atomic(file, "old"));
        REQUIRE(::chmod(file.c_str(), mode) == 0);
        REQUIRE(write_file_atomic(file, "new"));
        struct stat info{};
        REQUIRE(::stat(file.c_str(), &info) == 0);
        CHECK((info.st_mode & 07777U) == mode);
    }
    if (::geteuid() != 0) SKIP_VISIBLY("only root can give a file away");
    REQUIRE(::chown(file.c_str(), 65533, 65533) == 0);
    REQUIRE(write_file_atomic(file, "newer"));
    struct stat info{};
    REQUIRE(::stat(file.c_str(), &info) == 0);
    CHECK(info.st_uid == 65533);
    CHECK(info.st_gid == 65533);
}

TEST_CASE("SHA-256 gives FIPS 180-4's digests, and fields don't run together") {
    CHECK(sha256_hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(sha256_seed("abc") == 0xba7816bf8f01cfeaULL);
    FieldHasher one;
    FieldHasher two;
    CHECK(one.add("ab").add("c").finish() != two.add("a").add("bc").finish());
}

TEST_CASE("without HOME configuration and data are the account's, and never anybody's in /tmp") {
    const ScopedVariable home("HOME", std::nullopt);
    const ScopedVariable config("XDG_CONFIG_HOME", std::nullopt);
    const ScopedVariable data("XDG_DATA_HOME", std::nullopt);
    const ScopedVariable cache("XDG_CACHE_HOME", std::nullopt);
    const passwd* account = ::getpwuid(::geteuid());
    const std::filesystem::path own = account == nullptr ? "" : account->pw_dir;
    const bool known = own.is_absolute();
    CHECK(user_config_root() == (known ? own / ".config/rtlgen" : ""));
    CHECK(user_data_root() == (known ? own / ".local/share/rtlgen" : ""));
    CHECK(cache_root().string().starts_with("/tmp/rtlgen-"));
}

TEST_CASE("a trusted text is this user's or root's, and nobody else may write it") {
    const TempFolder folder = TempFolder::create().value();
    const std::filesystem::path file = folder.path() / "rtlgen.toml";
    REQUIRE(write_file_atomic(file, "text"));
    CHECK(read_trusted_text(file).value() == "text");
    CHECK(read_trusted_text(folder.path() / "none").error().code == ErrorCode::NotFound);
    REQUIRE(::chmod(file.c_str(), 0646) == 0);
    const auto open = read_trusted_text(file);
    REQUIRE_FALSE(open);
    CHECK(open.error().code == ErrorCode::Config);
    CHECK(contains(open.error().text(), file.string()));
    REQUIRE(::chmod(file.c_str(), 0644) == 0);
    if (::geteuid() != 0) SKIP_VISIBLY("only root can give a file away");
    REQUIRE(::chown(file.c_str(), 65533, 65533) == 0);
    CHECK(read_trusted_text(file).error().code == ErrorCode::Config);
}

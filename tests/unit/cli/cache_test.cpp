// SPDX-License-Identifier: Apache-2.0
// `rtlgen cache`: what it shows, what it removes, and what it leaves to other processes.
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "core/base/cache_lock.h"
#include "core/base/cache_prune.h"
#include "core/base/files.h"
#include "core/base/temp_folder.h"
#include "tests/catch.h"
#include "tests/environment.h"
#include "tests/schema.h"
#include "tests/unit/cli/run_rtlgen.h"

using namespace rtlgen;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

struct Cache {
    TempFolder home = TempFolder::create().value();
    ScopedVariable variable{"XDG_CACHE_HOME", home.path().string()};
    ScopedVariable config{"XDG_CONFIG_HOME", home.path().string()};
    CacheFolder folder{cache_root()};

    /// A runtime of 1000 bytes that was last used so many hours ago.
    fs::path add(const std::string& key, int hours) {
        REQUIRE(folder.make(CacheKind::VerilatorRuntime));
        const fs::path entry = folder.entry(CacheKind::VerilatorRuntime, key);
        fs::create_directory(entry);
        REQUIRE(write_file_atomic(entry / "a.o", std::string(1000, 'x')));
        fs::last_write_time(entry, fs::file_time_type::clock::now() - std::chrono::hours(hours));
        return entry;
    }
};

json cache_json(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "cache");
    arguments.emplace_back("--json");
    const Ran ran = run_rtlgen(arguments);
    INFO(ran.out << ran.err);
    CHECK(ran.code == 0);
    json document = json::parse(ran.out);
    CHECK(schema_violations(read_schema("cache.v1"), document) == "");
    return document;
}

}  // namespace

TEST_CASE("an empty or absent cache is an empty table") {
    const Cache cache;
    CHECK(cache_json({"show"})["kinds"].empty());
    const Ran ran = run_rtlgen({"cache", "show"});
    CHECK(ran.code == 0);
    CHECK(contains(ran.out, "kind"));
    CHECK(run_rtlgen({"cache", "prune", "--all"}).out ==
          "removed 0 entries, 0 B; 0 entries, 0 B left\n");
}

TEST_CASE("the least recently used entries go until the cache is under its size") {
    Cache cache;
    const auto old = cache.add("old", 3);
    const auto older = cache.add("older", 5);
    const auto fresh = cache.add("fresh", 1);
    const json shown = cache_json({"show"});
    CHECK(shown["kinds"][0]["kind"] == "verilator-runtime");
    CHECK(shown["total"]["entries"] == 3);
    CHECK(shown["total"]["bytes"] == 3000);
    const json pruned = cache_json({"prune", "--max-size", "2000"});
    REQUIRE(pruned["removed"].size() == 1);
    CHECK(pruned["removed"][0]["key"] == "older");
    CHECK(pruned["left"]["entries"] == 2);
    CHECK_FALSE(fs::exists(older));
    CHECK(cache_json({"prune", "--older-than", "2h"})["removed"][0]["key"] == "old");
    CHECK_FALSE(fs::exists(old));
    CHECK(fs::exists(fresh));
    CHECK(run_rtlgen({"cache", "prune", "--all"}).out ==
          "removed 1 entry, 1000 B; 0 entries, 0 B left\n");
    CHECK(fs::is_empty(cache.folder.folder(CacheKind::VerilatorRuntime)));
}

TEST_CASE("the user's configuration says how large the cache may be, a project's may not") {
    Cache cache;
    cache.add("a", 2);
    cache.add("b", 1);
    const fs::path file = cache.home.path() / "rtlgen" / "rtlgen.toml";
    REQUIRE(write_file_atomic(file, "[cache]\nmax_size = \"1000\"\n"));
    CHECK(cache_json({"prune"})["removed"][0]["key"] == "a");
    REQUIRE(write_file_atomic(file, "[cache]\nmax_size = \"much\"\n"));
    CHECK(run_rtlgen({"cache", "show"}).code == 2);
    fs::remove(file);
    const fs::path before = fs::current_path();
    fs::current_path(cache.home.path());
    REQUIRE(write_file_atomic("rtlgen.toml", "[cache]\nmax_size = \"1\"\n"));
    const Ran ran = run_rtlgen({"cache", "prune"});
    fs::current_path(before);
    CHECK(ran.code == 2);
    CHECK(contains(ran.err, "rtlgen.toml"));
    CHECK(fs::exists(cache.folder.entry(CacheKind::VerilatorRuntime, "b")));
}

TEST_CASE("an entry that another process uses stays, and goes when that one is killed") {
    Cache cache;
    const auto entry = cache.add("used", 9);
    int ready[2];
    REQUIRE(::pipe(ready) == 0);
    const pid_t child = ::fork();
    if (child == 0) {
        const auto lock = CacheLock::take(entry, CacheLock::Mode::Shared);
        if (!lock || ::write(ready[1], "1", 1) != 1) ::_exit(1);
        for (;;) ::pause();
    }
    char byte = 0;
    REQUIRE(::read(ready[0], &byte, 1) == 1);
    const json pruned = cache_json({"prune", "--all"});
    CHECK(pruned["in_use"] == 1);
    CHECK(pruned["removed"].empty());
    CHECK(fs::exists(entry / "a.o"));
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    CHECK(cache_json({"prune", "--all"})["removed"].size() == 1);
    CHECK_FALSE(fs::exists(entry));
    ::close(ready[0]);
    ::close(ready[1]);
}

TEST_CASE("what killed processes left, and canaries of an earlier start, are pruned unasked") {
    Cache cache;
    const auto kept = cache.add("kept", 1);
    const auto half = cache.add("half.new", 1);
    const auto gone = cache.add("old.gone", 1);
    REQUIRE(cache.folder.make(CacheKind::Canary));
    const auto canary = cache.folder.entry(CacheKind::Canary, "sang");
    REQUIRE(write_file_atomic(canary, ""));
    fs::last_write_time(canary, fs::file_time_type::clock::now() - std::chrono::hours(876000));
    CHECK(run_rtlgen({"cache", "prune"}).code == 0);
    CHECK(fs::exists(kept));
    CHECK_FALSE(fs::exists(half));
    CHECK_FALSE(fs::exists(gone));
    CHECK_FALSE(fs::exists(canary));
}

TEST_CASE("prune follows no link, be it an entry, a kind or the root") {
    Cache cache;
    const fs::path precious = cache.home.path() / "precious";
    fs::create_directory(precious);
    REQUIRE(write_file_atomic(precious / "file", "x"));
    REQUIRE(cache.folder.make(CacheKind::VerilatorRuntime));
    fs::create_directory_symlink(precious, cache.folder.entry(CacheKind::VerilatorRuntime, "link"));
    fs::create_directory_symlink(precious, cache.folder.folder(CacheKind::Jail));
    CHECK(run_rtlgen({"cache", "prune", "--all"}).code == 0);
    CHECK(fs::exists(precious / "file"));
    fs::remove_all(cache.folder.root());
    fs::create_directory_symlink(precious, cache.folder.root());
    CHECK(run_rtlgen({"cache", "prune", "--all"}).code == 2);
    CHECK(fs::exists(precious / "file"));
}

TEST_CASE("a cache that others can write, or a file in its place, is one line and exit 2") {
    const Cache cache;
    REQUIRE(cache.folder.make(CacheKind::Jail));
    fs::permissions(cache.folder.root(), fs::perms::others_write, fs::perm_options::add);
    CHECK(run_rtlgen({"cache", "prune"}).code == 2);
    CHECK(default_cache().empty());
    fs::remove_all(cache.folder.root());
    REQUIRE(write_file_atomic(cache.folder.root(), "x"));
    const std::vector<std::vector<std::string>> bad = {
        {"cache", "show"},
        {"cache", "prune", "--all"},
        {"cache"},
        {"cache", "shwo"},
        {"cache", "prune", "--max-size", "big"},
        {"cache", "prune", "--older-than", "3"},
        {"cache", "prune", "--all", "--max-size", "1G"}};
    for (const auto& arguments : bad) {
        const Ran ran = run_rtlgen(arguments);
        CHECK(ran.code == 2);
        CHECK(std::count(ran.err.begin(), ran.err.end(), '\n') == 1);
    }
}

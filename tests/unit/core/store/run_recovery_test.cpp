// SPDX-License-Identifier: Apache-2.0
// What a Run is after its writer was killed, after an older rtlgen wrote it, and while many threads
// hand in what they have.
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <thread>

#include "core/base/files.h"
#include "core/base/temp_folder.h"
#include "core/store/run_schema.h"
#include "core/store/run_store.h"
#include "core/store/run_writer.h"
#include "tests/catch.h"

using namespace rtlgen;
using namespace rtlgen::store;
namespace fs = std::filesystem;

namespace {

RunInfo some_info() {
    return {"generate", "p", "A gate.", "p.md", "m", "{}", "0.1.0", 42, "key", "{}"};
}

Attempt answered(int sample, const std::string& text = "text") {
    Attempt attempt;
    attempt.sample = sample;
    attempt.state = AttemptState::Answered;
    attempt.completion = llm::Completion{};
    attempt.completion->text = text;
    attempt.answered_at = 100;
    return attempt;
}

/// Runs `work` in a child process and waits until it is dead.
void in_child(const std::function<void()>& work) {
    const pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        work();
        _exit(0);
    }
    int status = 0;
    waitpid(child, &status, 0);
}

/// A Run with one Attempt whose writer died in the middle of a transaction that was too large for
/// its cache: the database is half overwritten, and the journal has the rest.
void leave_half_written(const fs::path& folder) {
    in_child([&] {
        {
            auto store = RunStore::create(folder, some_info()).value();
            (void)store.save(answered(1, "kept"));
        }
        auto database = Database::open(folder / kRunDatabase, Database::Mode::ReadWrite).value();
        (void)database.transaction([&]() -> Status {
            auto save = database.prepare(kSaveAttempt).value();
            for (int i = 1; i < 100; ++i) {
                bind_attempt(save, answered(i, std::string(200'000, 'x')));
                (void)save.run();
            }
            _exit(0);
        });
    });
    REQUIRE(fs::file_size(folder / (std::string(kRunDatabase) + "-journal")) > 0);
}

}  // namespace

TEST_CASE("a Run whose writer was killed in a transaction has all that was saved before") {
    const TempFolder folder = TempFolder::create().value();
    const fs::path run = folder.path() / "run";
    leave_half_written(run);
    auto store = RunStore::open(run);
    REQUIRE(store);
    CHECK(store->attempts().value() == std::vector{answered(1, "kept")});
    CHECK(store->state().value() == RunState::Running);
}

TEST_CASE("it can be resumed, too") {
    const TempFolder folder = TempFolder::create().value();
    const fs::path run = folder.path() / "run";
    leave_half_written(run);
    auto store = RunStore::resume(run, 1000).value();
    REQUIRE(store.save(answered(2)));
    CHECK(store.attempts().value() == std::vector{answered(1, "kept"), answered(2)});
}

TEST_CASE("where it may not be mended the error names the database and what to do") {
    const TempFolder folder = TempFolder::create().value();
    const fs::path run = folder.path() / "run";
    leave_half_written(run);
    const fs::path said = folder.path() / "said";
    in_child([&] {
        // Root may write everything.
        const int out = open(said.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
        fs::permissions(folder.path(), fs::perms(0755));
        for (const auto& entry : fs::recursive_directory_iterator(run)) {
            fs::permissions(entry.path(), entry.is_directory() ? fs::perms(0555) : fs::perms(0444));
        }
        fs::permissions(run, fs::perms(0555));
        if (geteuid() == 0 && (setegid(65534) != 0 || seteuid(65534) != 0)) return;
        auto store = RunStore::open(run);
        auto attempts = store ? store->attempts() : tl::unexpected<Error>(store.error());
        const std::string text = attempts ? "read" : attempts.error().text();
        (void)!write(out, text.data(), text.size());
    });
    const std::string text = read_file(said).value();
    fs::permissions(run, fs::perms(0755));
    CHECK(
        contains(text, (run / kRunDatabase).string() + ": a killed program left it half written"));
}

TEST_CASE("a folder whose writer died before its first word takes a new Run") {
    const TempFolder folder = TempFolder::create().value();
    fs::create_directory(folder.path() / "attempts");
    {
        auto database =
            Database::open(folder.path() / kRunDatabase, Database::Mode::Create).value();
        REQUIRE(database.migrate(run_migrations().first(1)));
    }
    CHECK(RunStore::resume(folder.path(), 1).error().code == ErrorCode::Unreadable);
    CHECK(contains(RunStore::open(folder.path())->info().error().where, kRunDatabase));
    CHECK(RunStore::create(folder.path(), some_info()));
}

TEST_CASE(
    "a Run of an older rtlgen is read without a change to it, and brought forward to resume") {
    const TempFolder folder = TempFolder::create().value();
    const fs::path path = folder.path() / kRunDatabase;
    {
        auto database = Database::open(path, Database::Mode::Create).value();
        REQUIRE(database.migrate(run_migrations().first(1)));
        REQUIRE(database.execute(
            "INSERT INTO run VALUES(1,'generate','p','s','s.md','m','{}','0.1.0',7);"
            "INSERT INTO attempt(sample, turn, state, template_name, template_sha256, prompt, "
            "sampling, request_sha256, completion, candidate_code, asked_at, answered_at, "
            "judged_at) VALUES(1,0,'answered','t','h','[]','{}','r','text','',0,100,0);"));
    }
    const std::string before = read_file(path).value();
    auto store = RunStore::open(folder.path()).value();
    CHECK(store.info()->started_at == 7);
    CHECK(store.info()->key.empty());
    CHECK(store.state().value() == RunState::Finished);
    CHECK(store.attempts()->at(0).completion->text == "text");
    CHECK_FALSE(store.attempts()->at(0).completion->cost_usd);
    CHECK(read_file(path).value() == before);
    CHECK(RunStore::resume(folder.path(), 1000)->attempts()->size() == 1);
    CHECK(read_file(path).value() != before);
}

TEST_CASE("a state is kept, and the time that processes have worked is added up") {
    const TempFolder folder = TempFolder::create().value();
    {
        auto store = RunStore::create(folder.path() / "run", some_info()).value();
        CHECK(store.state().value() == RunState::Running);
        Attempt attempt = answered(1);
        attempt.answered_at = 142;
        REQUIRE(store.save(attempt));
    }
    auto store = RunStore::resume(folder.path() / "run", 10'000).value();
    REQUIRE(store.set_state(RunState::Finished, 10'050));
    CHECK(RunStore::open(folder.path() / "run")->state().value() == RunState::Finished);
    CHECK(store.busy_time().value() == std::chrono::milliseconds(150));
}

TEST_CASE("a transaction that fails leaves nothing of itself") {
    auto database = Database::open(":memory:", Database::Mode::Create).value();
    REQUIRE(database.execute("CREATE TABLE a(x);"));
    const Status failed = database.transaction([&]() -> Status {
        TRY(database.execute("INSERT INTO a VALUES(1);"));
        return fail(ErrorCode::Io, "no");
    });
    CHECK(failed.error().message == "no");
    auto query = database.prepare("SELECT count(*) FROM a").value();
    REQUIRE(query.step().value());
    CHECK(query.integer(0) == 0);
}

TEST_CASE("what many threads hand in at once is stored in far fewer transactions") {
    const TempFolder folder = TempFolder::create().value();
    auto store = RunStore::create(folder.path() / "run", some_info()).value();
    SystemClock clock;
    constexpr int kAttempts = 400;
    {
        RunWriter writer(store, clock);
        for (int i = 1; i <= kAttempts; ++i) writer.submit(answered(i));
        REQUIRE(writer.save(answered(kAttempts + 1)));
        CHECK(writer.batches() < kAttempts / 4);
        // Whoever has waited finds it on disk.
        CHECK(RunStore::open(folder.path() / "run")->attempts()->size() == kAttempts + 1);
        std::vector<std::jthread> threads;
        for (int i = 0; i < 8; ++i) {
            threads.emplace_back([&writer, i] { (void)writer.save(answered(1000 + i)); });
        }
    }
    CHECK(store.attempts()->size() == kAttempts + 9);
}

TEST_CASE("a store that breaks is told to everyone who waits, then and later") {
    const TempFolder folder = TempFolder::create().value();
    auto store = RunStore::create(folder.path() / "run", some_info()).value();
    SystemClock clock;
    RunWriter writer(store, clock);
    fs::remove_all(folder.path() / "run" / "attempts");
    REQUIRE(write_file_atomic(folder.path() / "run" / "attempts", "no folder"));
    CHECK(writer.save(answered(1)).error().code == ErrorCode::Io);
    CHECK_FALSE(writer.save(answered(2)));
    CHECK_FALSE(writer.flush());
}

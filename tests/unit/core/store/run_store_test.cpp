// SPDX-License-Identifier: Apache-2.0
#include "core/store/run_store.h"

#include "core/base/files.h"
#include "core/base/temp_folder.h"
#include "tests/catch.h"

using namespace rtlgen;
using namespace rtlgen::store;

namespace {

RunInfo some_info() {
    return {"generate", "p", "A gate.", "p.md", "replay:x", "{}", "0.1.0", 42, "key", "{}"};
}

Attempt full_attempt() {
    Attempt attempt;
    attempt.sample = 2;
    attempt.turn = 1;
    attempt.template_name = "repair.md";
    attempt.template_sha256 = "abc";
    attempt.prompt = {{llm::Role::System, "s"}, {llm::Role::User, "u"}};
    attempt.sampling.temperature = 0.85;
    attempt.sampling.max_tokens = 100;
    attempt.sampling.stop = {"endmodule"};
    attempt.request_sha256 = "def";
    attempt.asked_at = 1;
    llm::Completion completion;
    completion.text = std::string("```\nmodule m; endmodule\n```\0tail", 32);
    completion.reasoning = "thought";
    completion.finish_reason = llm::FinishReason::Length;
    completion.model = "m";
    completion.usage = {10, std::nullopt};
    completion.latency = std::chrono::microseconds(1234);
    completion.sent = "{\"temperature\":0.85}";
    completion.endpoint = "http://127.0.0.1:1/v1";
    completion.bytes_sent = 99;
    completion.raw = R"({"choices":[]})";
    completion.logprobs = "[]";
    completion.cost_usd = 0.125;
    completion.from_cache = true;
    SourceSet testbench;
    testbench.files = {{"tb.v", "/x/tb.v", "module tb; // \xe4 is Latin-1\nendmodule\n"}};
    testbench.include_dirs = {"/x"};
    testbench.defines = {{"A", std::nullopt}, {"B", "1"}};
    testbench.top = "tb";
    testbench.folder_names = {{"/x", "x"}};
    testbench.included_files = {{"k.vh", "/x", {"x/k.vh", "/x/k.vh", "`define K\n"}}};
    completion.testbench = testbench;
    attempt.completion = completion;
    attempt.candidate_code = "module m; endmodule\n";
    attempt.answered_at = 2;
    Verdict verdict;
    verdict.outcome = Outcome::Fail;
    verdict.verdict_class = VerdictClass::Mismatch;
    verdict.findings = {{Severity::Error, "r", "f", 1, 2, "bad"}};
    attempt.verdict = verdict;
    attempt.judged_at = 3;
    attempt.state = AttemptState::Judged;
    return attempt;
}

}  // namespace

TEST_CASE("an Attempt is read as it was saved, at each of its states") {
    const TempFolder folder = TempFolder::create().value();
    const auto run = folder.path() / "deep" / "run";
    auto store = RunStore::create(run, some_info()).value();
    Attempt attempt = full_attempt();
    const Attempt judged = attempt;

    attempt.completion.reset();
    attempt.verdict.reset();
    attempt.candidate_code.clear();
    attempt.state = AttemptState::Asked;
    REQUIRE(store.save(attempt));
    CHECK(RunStore::open(run).value().attempts().value() == std::vector{attempt});

    attempt.completion = judged.completion;
    attempt.candidate_code = judged.candidate_code;
    attempt.state = AttemptState::Answered;
    REQUIRE(store.save(attempt));
    CHECK(RunStore::open(run).value().attempts().value() == std::vector{attempt});

    REQUIRE(store.save(judged));
    CHECK(RunStore::open(run).value().attempts().value() == std::vector{judged});
    CHECK(RunStore::open(run).value().info().value() == some_info());

    const auto files = store.attempt_folder(judged);
    CHECK(files == run / "attempts" / "s02.t1");
    CHECK(read_file(files / "prompt.md").value() == "s\n\nu\n");
    CHECK(read_file(files / "answer.md").value() == judged.completion->text);
    CHECK(read_file(files / "candidate.sv").value() == "module m; endmodule\n");
    CHECK(read_file(files / "verdict.json").value().find("\"mismatch\"") != std::string::npos);
}

TEST_CASE("Attempts come sorted by sample and turn, and errors are kept") {
    const TempFolder folder = TempFolder::create().value();
    auto store = RunStore::create(folder.path() / "run", some_info()).value();
    Attempt failed;
    failed.sample = 2;
    failed.state = AttemptState::Failed;
    failed.error = Error{ErrorCode::Network, "no route", "http://x"};
    Attempt first;
    first.turn = 1;
    Attempt zeroth;
    REQUIRE(store.save(failed));
    REQUIRE(store.save(first));
    REQUIRE(store.save(zeroth));
    CHECK(store.attempts().value() == std::vector{zeroth, first, failed});
}

TEST_CASE("a folder that holds a run isn't taken for a new one") {
    const TempFolder folder = TempFolder::create().value();
    {
        auto store = RunStore::create(folder.path(), some_info()).value();
    }
    const auto again = RunStore::create(folder.path(), some_info());
    REQUIRE_FALSE(again);
    CHECK(again.error().code == ErrorCode::InvalidArgument);
}

TEST_CASE("a run is locked while it is written, and free afterwards") {
    const TempFolder folder = TempFolder::create().value();
    {
        const auto held = RunLock::take(folder.path()).value();
        const auto second = RunLock::take(folder.path());
        REQUIRE_FALSE(second);
        CHECK(second.error().code == ErrorCode::Io);
        CHECK(RunLock::is_held(folder.path()));
        CHECK(contains(second.error().message, "(process " + std::to_string(getpid()) + ")"));
    }
    CHECK_FALSE(RunLock::is_held(folder.path()));
    CHECK(RunLock::take(folder.path()));
}

TEST_CASE("a run of a newer program is refused, and a missing or damaged one named") {
    const TempFolder folder = TempFolder::create().value();
    {
        auto store = RunStore::create(folder.path() / "run", some_info()).value();
    }
    {
        auto database =
            Database::open(folder.path() / "run" / kRunDatabase, Database::Mode::ReadWrite).value();
        REQUIRE(database.execute("PRAGMA user_version=99;"));
    }
    CHECK(RunStore::open(folder.path() / "run").error().code == ErrorCode::Config);
    CHECK(RunStore::open(folder.path() / "none").error().code == ErrorCode::NotFound);
    const auto damaged = folder.path() / "damaged";
    std::filesystem::create_directory(damaged);
    REQUIRE(write_file_atomic(damaged / kRunDatabase, std::string(4096, 'x')));
    CHECK(RunStore::open(damaged).error().code == ErrorCode::Unreadable);
}

TEST_CASE("runs are found by their database, sorted by name") {
    const TempFolder folder = TempFolder::create().value();
    for (const char* name : {"b", "a"}) {
        auto store = RunStore::create(folder.path() / name, some_info()).value();
    }
    std::filesystem::create_directory(folder.path() / "c");
    CHECK(find_runs(folder.path()) ==
          std::vector<std::filesystem::path>{folder.path() / "a", folder.path() / "b"});
    CHECK(find_runs(folder.path() / "none").empty());
}

TEST_CASE("the log gets a line a call, control characters escaped") {
    const TempFolder folder = TempFolder::create().value();
    auto store = RunStore::create(folder.path() / "run", some_info()).value();
    REQUIRE(store.log(1, "first"));
    REQUIRE(store.log(2, "esc\x1b[31m"));
    CHECK(read_file(folder.path() / "run" / "run.log").value() == "1 first\n2 esc\\x1b[31m\n");
}

TEST_CASE("a database is brought to the newest schema step by step, and only once") {
    const TempFolder folder = TempFolder::create().value();
    const auto path = folder.path() / "d.sqlite";
    const std::vector<Migration> one = {{"CREATE TABLE a(x);"}};
    const std::vector<Migration> two = {{"CREATE TABLE a(x);"}, {"CREATE TABLE b(x);"}};
    {
        auto database = Database::open(path, Database::Mode::Create).value();
        REQUIRE(database.migrate(one));
        REQUIRE(database.migrate(two));
        REQUIRE(database.migrate(two));
        CHECK(database.migrate(one).error().code == ErrorCode::Config);
        const std::vector<Migration> broken = {two[0], two[1], {"CREATE TABLE c(x); nonsense;"}};
        CHECK_FALSE(database.migrate(broken));
        REQUIRE(database.migrate(two));
        CHECK(database.execute("INSERT INTO b VALUES(1);"));
        CHECK_FALSE(database.execute("INSERT INTO c VALUES(1);"));
    }
}

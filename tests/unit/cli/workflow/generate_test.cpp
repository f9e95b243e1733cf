// SPDX-License-Identifier: Apache-2.0
#include "cli/workflow/generate.h"

#include "cli/workflow/attempt_order.h"
#include "core/base/files.h"
#include "tests/catch.h"
#include "tests/unit/cli/workflow/workflow_bench.h"

using namespace rtlgen;
using namespace rtlgen::test;

TEST_CASE("a repair turns a fail into a pass, and its prompt holds the facts") {
    Bench bench;
    ScriptedBackend backend({answer("wrong"), answer("right")});
    const auto attempts = bench.run(backend);
    REQUIRE(attempts);
    REQUIRE(attempts->size() == 2);
    CHECK(attempts->at(0).verdict->outcome == Outcome::Fail);
    CHECK(attempts->at(1).verdict->outcome == Outcome::Pass);
    CHECK(workflow::best_attempt(*attempts) == &attempts->at(1));
    REQUIRE(backend.prompts.size() == 2);
    for (const std::string fact : {"expected: 1'b1", "got: 1'b0", "first wrong output: q",
                                   "module wrong", "Mismatches: 3 in 9 samples"}) {
        INFO(fact);
        CHECK(backend.prompts[1].find(fact) != std::string::npos);
    }
}

TEST_CASE("a model that repeats itself is asked no more") {
    Bench bench;
    bench.request.max_repairs = 9;
    ScriptedBackend backend({answer("wrong"), answer("wrong"), answer("right")});
    CHECK(bench.run(backend)->size() == 2);
}

TEST_CASE("without repairs there is one attempt a sample") {
    Bench bench;
    bench.request.max_repairs = 0;
    bench.request.candidates = 3;
    ScriptedBackend backend({answer("wrong"), answer("right")});
    const auto attempts = bench.run(backend);
    REQUIRE(attempts->size() == 3);
    CHECK(attempts->at(2).sample == 3);
}

TEST_CASE("an answer without code fails as no_code, and what could not be answered is kept") {
    Bench bench;
    ScriptedBackend backend({"The sky is blue today."});
    const auto attempts = bench.run(backend);
    REQUIRE(attempts->size() == 2);
    CHECK(attempts->at(0).verdict->verdict_class == VerdictClass::NoCode);
    CHECK(attempts->at(1).state == store::AttemptState::Failed);
    CHECK(bench.store.attempts()->size() == 2);
}

TEST_CASE("the best attempt passes, or has the fewest mismatches") {
    const auto failing = [](std::uint64_t mismatches) {
        store::Attempt attempt;
        attempt.verdict = Verdict{};
        attempt.verdict->outcome = Outcome::Fail;
        Check check;
        check.mismatch = Mismatch{};
        check.mismatch->mismatches = mismatches;
        attempt.verdict->checks = {check};
        return attempt;
    };
    store::Attempt passing;
    passing.verdict = Verdict{};
    passing.verdict->outcome = Outcome::Pass;
    CHECK(workflow::is_better(failing(2), failing(3)));
    CHECK(workflow::is_better(passing, failing(1)));
    CHECK(workflow::is_better(failing(100), store::Attempt{}));
    CHECK_FALSE(workflow::is_better(failing(3), failing(3)));
    // What simulates right and only isn't lint clean is nearer than any mismatch.
    store::Attempt unclean = failing(1);
    unclean.verdict->checks[0].name = "simulate";
    unclean.verdict->checks[0].outcome = Outcome::Pass;
    unclean.verdict->checks[0].mismatch.reset();
    CHECK(workflow::is_better(unclean, failing(1)));
    CHECK_FALSE(workflow::is_better(failing(1), unclean));
}

TEST_CASE("while one sample has passed, none is repaired") {
    Bench bench;
    bench.request.candidates = 4;
    bench.request.jobs = 2;
    FunctionBackend backend([](const llm::CompletionRequest& request) {
        return completion_of(answer(request.sample == 3 ? "right" : "wrong"));
    });
    const auto attempts = bench.run(backend).value();
    REQUIRE(attempts.size() == 4);
    for (std::size_t i = 0; i < 4; ++i) CHECK(attempts[i].sample == static_cast<int>(i) + 1);
    CHECK(workflow::best_attempt(attempts)->sample == 3);
}

TEST_CASE("the raw answer is in the store before it is judged, and the candidate beside it") {
    Bench bench;
    ScriptedBackend backend({"Sure:\n" + answer("right")});
    bool seen = false;
    bench.judge = [&](const store::Attempt& attempt, const verify::JudgeRequest& request,
                      const std::stop_token& stop) {
        const auto stored = bench.store.attempts().value();
        seen = stored.size() == 1 && stored[0].state == store::AttemptState::Answered &&
               stored[0].completion->text == "Sure:\n" + answer("right") &&
               stored[0].candidate_code == request.candidate.files.at(0).text;
        return judge_by_name(attempt, request, stop);
    };
    const auto attempts = bench.run(backend).value();
    CHECK(seen);
    const auto folder = bench.store.attempt_folder(attempts[0]);
    CHECK(read_file(folder / "candidate.sv").value() == attempts[0].candidate_code);
    CHECK(contains(read_file(folder / "prompt.md").value(), "make q"));
    CHECK(attempts[0].template_name == "generate.md");
    CHECK(attempts[0].template_sha256.size() == 64);
}

TEST_CASE("a stop request keeps what has arrived") {
    Bench bench;
    bench.request.candidates = 3;
    std::stop_source stop;
    FunctionBackend backend([&](const llm::CompletionRequest& request) -> Result<llm::Completion> {
        if (request.sample == 1) return completion_of(answer("wrong"));
        return fail(ErrorCode::Interrupted, "interrupted");
    });
    bench.on_attempt = [&](const store::Attempt& attempt) {
        if (attempt.sample == 1) stop.request_stop();
    };
    const auto attempts = bench.run(backend, stop.get_token());
    REQUIRE(attempts);
    REQUIRE_FALSE(attempts->empty());
    CHECK(attempts->at(0).sample == 1);
    CHECK(attempts->at(0).state == store::AttemptState::Judged);
    CHECK(bench.store.attempts().value() == *attempts);
    for (const store::Attempt& attempt : *attempts) CHECK(attempt.turn == 0);
}

TEST_CASE("a broken testbench ends the whole, with its error") {
    Bench bench;
    bench.judge = [](const store::Attempt&, const verify::JudgeRequest&,
                     const std::stop_token&) -> Result<Verdict> {
        return fail(ErrorCode::BadBench, "no module", "tb.sv");
    };
    ScriptedBackend backend({answer("right")});
    const auto attempts = bench.run(backend);
    REQUIRE_FALSE(attempts);
    CHECK(attempts.error().code == ErrorCode::BadBench);
    CHECK(bench.store.attempts()->at(0).error->message == "no module");
}

TEST_CASE("an answer's own testbench judges it where the user brought none") {
    Bench bench;
    std::optional<SourceSet> used;
    bench.judge = [&](const store::Attempt& attempt, const verify::JudgeRequest& request,
                      const std::stop_token& stop) {
        used = request.testbench;
        return judge_by_name(attempt, request, stop);
    };
    SourceSet own;
    own.top = "own_tb";
    FunctionBackend backend([&](const llm::CompletionRequest&) {
        llm::Completion completion = completion_of(answer("right"));
        completion.origin = Origin::Library;
        completion.testbench = own;
        return completion;
    });
    const auto attempts = bench.run(backend).value();
    CHECK(used == own);
    CHECK(attempts[0].verdict->candidate.origin == Origin::Library);
    bench.request.problem.testbench = SourceSet{};
    bench.store = store::RunStore::create(bench.folder.path() / "run2", {}).value();
    REQUIRE(bench.run(backend));
    CHECK(used == SourceSet{});
}

TEST_CASE("an answer that was cut is no candidate") {
    Bench bench;
    bench.request.max_repairs = 0;
    FunctionBackend backend([](const llm::CompletionRequest&) {
        llm::Completion completion = completion_of("```verilog\nmodule right(input a, output q);");
        completion.finish_reason = llm::FinishReason::Length;
        return completion;
    });
    const auto attempts = bench.run(backend).value();
    CHECK(attempts[0].verdict->verdict_class == VerdictClass::Truncated);
    CHECK(attempts[0].verdict->outcome == Outcome::Fail);
}

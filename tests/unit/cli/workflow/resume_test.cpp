// SPDX-License-Identifier: Apache-2.0
// A Run that is gone on with: nothing that is there is asked or judged twice.
#include <atomic>
#include <set>

#include "cli/workflow/judging.h"
#include "tests/catch.h"
#include "tests/unit/cli/workflow/workflow_bench.h"

using namespace rtlgen;
using namespace rtlgen::test;
using store::AttemptState;
using workflow::RetryErrors;

namespace {

/// Answers "wrong", and keeps which (sample, turn) were asked.
struct CountingBackend {
    std::mutex mutex;
    std::vector<std::pair<int, int>> asked;
    FunctionBackend backend{[this](const llm::CompletionRequest& request) {
        const std::scoped_lock lock(mutex);
        asked.emplace_back(request.sample, request.turn);
        return completion_of(answer("wrong" + std::to_string(request.turn)));
    }};
};

/// A first go whose Attempts `change` makes into what a killed process leaves.
std::vector<store::Attempt> first_go(
    Bench& bench, const std::function<void(std::vector<store::Attempt>&)>& change) {
    CountingBackend counting;
    std::vector<store::Attempt> attempts = bench.run(counting.backend).value();
    change(attempts);
    return attempts;
}

}  // namespace

TEST_CASE("a Run that is whole asks and judges nothing") {
    Bench bench;
    bench.request.candidates = 3;
    bench.request.earlier = first_go(bench, [](auto&) {});
    CHECK(bench.store.state().value() == store::RunState::Finished);
    CountingBackend counting;
    bench.judge = [](const auto&, const auto&, const auto&) -> Result<Verdict> {
        return fail(ErrorCode::Internal, "judged again");
    };
    const auto attempts = bench.run(counting.backend).value();
    CHECK(counting.asked.empty());
    CHECK(attempts == bench.request.earlier);
}

TEST_CASE("only what is missing is asked: an answer that is there is judged, a verdict kept") {
    Bench bench;
    bench.request.candidates = 4;
    bench.request.earlier = first_go(bench, [](std::vector<store::Attempt>& attempts) {
        REQUIRE(attempts.size() == 8);
        // Sample 1 is whole; 2 was judged once; 3 was answered; 4 was asked.
        std::erase_if(attempts, [](const store::Attempt& attempt) {
            return attempt.turn == 1 && attempt.sample > 1;
        });
        attempts[3].verdict.reset();
        attempts[3].candidate_code.clear();
        attempts[3].state = AttemptState::Answered;
        attempts[4].completion.reset();
        attempts[4].verdict.reset();
        attempts[4].state = AttemptState::Asked;
    });
    CountingBackend counting;
    std::multiset<std::string> judged;
    std::mutex mutex;
    bench.judge = [&](const store::Attempt& attempt, const verify::JudgeRequest& request,
                      const std::stop_token& stop) {
        {
            const std::scoped_lock lock(mutex);
            judged.insert(attempt.folder_name());
        }
        return judge_by_name(attempt, request, stop);
    };
    const auto attempts = bench.run(counting.backend).value();
    const std::multiset<std::pair<int, int>> asked(counting.asked.begin(), counting.asked.end());
    CHECK(asked == std::multiset<std::pair<int, int>>{{2, 1}, {3, 1}, {4, 0}, {4, 1}});
    CHECK(judged == std::multiset<std::string>{"s02.t1", "s03.t0", "s03.t1", "s04.t0", "s04.t1"});
    REQUIRE(attempts.size() == 8);
    for (const store::Attempt& attempt : attempts) CHECK(attempt.state == AttemptState::Judged);
    CHECK(bench.store.attempts().value() == attempts);
}

TEST_CASE("what failed by the network is tried again, what a model refuses only where asked") {
    const auto failed = [](ErrorCode code) {
        store::Attempt attempt;
        attempt.state = AttemptState::Failed;
        attempt.error = Error{code, "e", ""};
        return attempt;
    };
    for (const ErrorCode code :
         {ErrorCode::Network, ErrorCode::Timeout, ErrorCode::Interrupted, ErrorCode::Budget}) {
        CHECK(workflow::is_tried_again(failed(code), RetryErrors::Transient));
    }
    for (const ErrorCode code : {ErrorCode::Model, ErrorCode::ToolMissing}) {
        CHECK_FALSE(workflow::is_tried_again(failed(code), RetryErrors::Transient));
        CHECK(workflow::is_tried_again(failed(code), RetryErrors::All));
    }
    store::Attempt unjudged = failed(ErrorCode::Sandbox);
    unjudged.completion = llm::Completion{};
    CHECK(workflow::is_tried_again(unjudged, RetryErrors::Transient));
    store::Attempt broken;
    broken.verdict = Verdict{};
    broken.verdict->outcome = Outcome::ToolError;
    CHECK_FALSE(workflow::is_tried_again(broken, RetryErrors::Transient));
    CHECK(workflow::is_tried_again(broken, RetryErrors::All));
}

TEST_CASE("a Run in which the network failed is not finished, and goes on to a pass") {
    Bench bench;
    FunctionBackend down([](const llm::CompletionRequest&) -> Result<llm::Completion> {
        return fail(ErrorCode::Network, "no route");
    });
    bench.request.earlier = bench.run(down).value();
    CHECK(bench.store.state().value() == store::RunState::Interrupted);
    ScriptedBackend up({answer("right")});
    const auto attempts = bench.run(up).value();
    REQUIRE(attempts.size() == 1);
    CHECK(attempts[0].verdict->outcome == Outcome::Pass);
    CHECK_FALSE(attempts[0].error);
    CHECK(bench.store.state().value() == store::RunState::Finished);
    CHECK(bench.store.attempts().value() == attempts);
}

TEST_CASE("repairs of before aren't lost where a sample that failed now passes") {
    Bench bench;
    bench.request.candidates = 2;
    bench.request.earlier = first_go(bench, [](std::vector<store::Attempt>& attempts) {
        // Sample 2 had no answer.
        attempts.resize(2);
        store::Attempt failed;
        failed.sample = 2;
        failed.state = AttemptState::Failed;
        failed.error = Error{ErrorCode::Network, "e", ""};
        attempts.push_back(failed);
    });
    ScriptedBackend backend({answer("right")});
    const auto attempts = bench.run(backend).value();
    REQUIRE(attempts.size() == 3);
    CHECK(attempts[1].sample == 1);
    CHECK(attempts[1].turn == 1);
    CHECK(attempts[2].verdict->outcome == Outcome::Pass);
}

TEST_CASE("after a broken testbench nothing more is asked") {
    Bench bench;
    bench.request.candidates = 30;
    bench.judge = [](const store::Attempt&, const verify::JudgeRequest&,
                     const std::stop_token&) -> Result<Verdict> {
        return fail(ErrorCode::BadBench, "no module", "tb.sv");
    };
    ScriptedBackend backend({answer("right")});
    const auto attempts = bench.run(backend);
    REQUIRE_FALSE(attempts);
    CHECK(attempts.error().code == ErrorCode::BadBench);
    CHECK(backend.prompts.size() <= 2);
    CHECK(bench.store.state().value() == store::RunState::Interrupted);
}

TEST_CASE("once the budget is spent nothing more is asked, and what was answered is judged") {
    Bench bench;
    bench.request.candidates = 50;
    bench.request.max_repairs = 0;
    std::atomic<int> calls = 0;
    // By the order of the calls: threads may ask for sample 5 before sample 4.
    FunctionBackend backend([&](const llm::CompletionRequest&) -> Result<llm::Completion> {
        if (++calls > 4) return fail(ErrorCode::Budget, "spent");
        return completion_of(answer("wrong"));
    });
    const auto attempts = bench.run(backend).value();
    CHECK(calls <= 4 + backend.concurrency());
    int judged = 0;
    for (const store::Attempt& attempt : attempts) judged += attempt.verdict ? 1 : 0;
    CHECK(judged == 4);
    CHECK(bench.store.state().value() == store::RunState::Interrupted);
}

TEST_CASE("what judges a Run is kept with it, to the byte") {
    Problem problem;
    problem.id = "p";
    problem.spec.top = "m";
    problem.spec.interface_text = "module m(input a);";
    SourceSet testbench;
    testbench.files = {{"tb.v", "/x/tb.v", "module tb; // \xe4\nendmodule\n"}};
    testbench.top = "tb";
    problem.testbench = testbench;
    verify::JudgeRequest request;
    request.require = {"lint", "synth"};
    request.seed = "7";
    request.prove = verify::JudgeRequest::Prove::Require;
    request.limits.wall = std::chrono::milliseconds(1500);
    request.site_checks = {{"n", "c d"}};
    const std::string json = workflow::judge_inputs_to_json(problem, request);
    const auto inputs = workflow::judge_inputs_from_json(json).value();
    CHECK(inputs.problem.testbench == problem.testbench);
    CHECK_FALSE(inputs.problem.reference);
    CHECK(inputs.problem.spec == problem.spec);
    CHECK(inputs.request.require == request.require);
    CHECK(inputs.request.prove == request.prove);
    CHECK(inputs.request.site_checks == request.site_checks);
    CHECK(inputs.request.limits.wall == request.limits.wall);
    CHECK(workflow::judge_inputs_to_json(inputs.problem, inputs.request) == json);
    CHECK(workflow::judge_inputs_from_json("{}").error().code == ErrorCode::Unreadable);
}

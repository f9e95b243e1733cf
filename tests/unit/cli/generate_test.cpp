// SPDX-License-Identifier: Apache-2.0
#include "cli/workflow/generate.h"

#include "cli/workflow/feedback.h"
#include "core/base/files.h"
#include "tests/catch.h"

using namespace rtlgen;

namespace {

/// Gives its answers in order of the turns, and keeps the prompts.
class ScriptedBackend final : public llm::Backend {
public:
    explicit ScriptedBackend(std::vector<std::string> answers) : answers_(std::move(answers)) {}

    Result<llm::Completion> complete(const llm::CompletionRequest& request,
                                     std::stop_token /*stop*/) override {
        prompts.push_back(request.messages.back().text);
        const auto turn = static_cast<std::size_t>(request.turn);
        if (turn >= answers_.size()) return fail(ErrorCode::Model, "no more answers");
        llm::Completion completion;
        completion.text = answers_[turn];
        return completion;
    }
    [[nodiscard]] std::string name() const override { return "scripted"; }
    [[nodiscard]] std::string destination() const override { return "nowhere"; }
    [[nodiscard]] std::string preview(const llm::CompletionRequest&) const override { return ""; }

    std::vector<std::string> prompts;

private:
    std::vector<std::string> answers_;
};

/// Passes what holds "right".
Result<Verdict> judge_by_name(const verify::JudgeRequest& request, const std::stop_token&) {
    Verdict verdict;
    const bool right = request.candidate.files.at(0).text.find("right") != std::string::npos;
    verdict.outcome = right ? Outcome::Pass : Outcome::Fail;
    verdict.verdict_class = right ? VerdictClass::None : VerdictClass::Mismatch;
    verdict.grade = right ? Grade::Tested : Grade::None;
    Check check;
    check.name = "simulate";
    check.outcome = verdict.outcome;
    if (!right) {
        check.reason = "Mismatches: 3 in 9 samples";
        check.mismatch = Mismatch{};
        check.mismatch->signal = "q";
        check.mismatch->expected = "1'b1";
        check.mismatch->got = "1'b0";
        check.mismatch->mismatches = 3;
    }
    verdict.checks = {check};
    return verdict;
}

std::string answer(const std::string& name) {
    return "```verilog\nmodule " + name + "(input a, output q);\nendmodule\n```\n";
}

struct Bench {
    TempFolder folder = TempFolder::create().value();
    store::RunStore store = store::RunStore::create(folder.path() / "run", {}).value();
    prompts::PromptTemplates templates;
    SystemClock clock;
    workflow::GenerateRequest request;

    Bench() { request.problem.spec.text = "make q"; }
    Result<std::vector<store::Attempt>> run(ScriptedBackend& backend) {
        return workflow::generate(request, {backend, templates, judge_by_name, store, clock}, {});
    }
};

}  // namespace

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
}

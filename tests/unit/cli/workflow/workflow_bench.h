// SPDX-License-Identifier: Apache-2.0
// A Run in a folder of its own, models that answer by a script, and a judge that goes by names.
#pragma once

#include <functional>
#include <mutex>
#include <string>
#include <vector>

#include "cli/workflow/generate.h"
#include "core/base/temp_folder.h"

namespace rtlgen::test {

/// Gives its answers in order of the turns, the same to each sample, and keeps the prompts.
class ScriptedBackend final : public llm::Backend {
public:
    explicit ScriptedBackend(std::vector<std::string> answers) : answers_(std::move(answers)) {}

    Result<llm::Completion> complete(const llm::CompletionRequest& request,
                                     std::stop_token /*stop*/) override {
        const std::scoped_lock lock(mutex_);
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
    std::mutex mutex_;
    std::vector<std::string> answers_;
};

/// Passes what holds "right".
inline Result<Verdict> judge_by_name(const store::Attempt&, const verify::JudgeRequest& request,
                                     const std::stop_token&) {
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

inline std::string answer(const std::string& name) {
    return "```verilog\nmodule " + name + "(input a, output q);\nendmodule\n```\n";
}

struct Bench {
    TempFolder folder = TempFolder::create().value();
    store::RunStore store = store::RunStore::create(folder.path() / "run", {}).value();
    prompts::PromptTemplates templates;
    SystemClock clock;
    workflow::GenerateRequest request;

    Bench() { request.problem.spec.text = "make q"; }
    Result<std::vector<store::Attempt>> run(llm::Backend& backend,
                                            const std::stop_token& stop = {}) {
        return workflow::generate(request, {backend, templates, judge, store, clock, on_attempt},
                                  stop);
    }
    std::function<Result<Verdict>(const store::Attempt&, const verify::JudgeRequest&,
                                  std::stop_token)>
        judge = judge_by_name;
    std::function<void(const store::Attempt&)> on_attempt = [](const store::Attempt&) {};
};

/// Answers by sample and turn.
class FunctionBackend final : public llm::Backend {
public:
    using Answer = std::function<Result<llm::Completion>(const llm::CompletionRequest&)>;
    explicit FunctionBackend(Answer answer) : answer_(std::move(answer)) {}
    Result<llm::Completion> complete(const llm::CompletionRequest& request,
                                     std::stop_token /*stop*/) override {
        return answer_(request);
    }
    [[nodiscard]] std::string name() const override { return "function"; }
    [[nodiscard]] std::string destination() const override { return "nowhere"; }
    [[nodiscard]] std::string preview(const llm::CompletionRequest&) const override { return ""; }
    [[nodiscard]] int concurrency() const override { return 4; }

private:
    Answer answer_;
};

inline llm::Completion completion_of(const std::string& text) {
    llm::Completion completion;
    completion.text = text;
    return completion;
}

}  // namespace rtlgen::test

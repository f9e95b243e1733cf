// SPDX-License-Identifier: Apache-2.0
// Repair of broken designs by models that answer well, badly or not at all: the loop ends, keeps
// the best, and tells the model what it needs to know.
#include "tests/unit/cli/workflow/broken_designs.h"

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>

#include "cli/workflow/attempt_order.h"
#include "cli/workflow/evidence.h"
#include "cli/workflow/generate.h"
#include "core/base/files.h"
#include "core/base/temp_folder.h"
#include "core/base/text.h"
#include "core/llm/command_backend.h"
#include "tests/catch.h"
#include "tests/unit/verify/judge_machine.h"

using namespace rtlgen;
using workflow::GenerateRequest;

namespace {

/// Answers by turn; an Error where the answer is one.
class TurnBackend final : public llm::Backend {
public:
    explicit TurnBackend(std::vector<Result<std::string>> answers) : answers_(std::move(answers)) {}

    Result<llm::Completion> complete(const llm::CompletionRequest& request,
                                     std::stop_token /*stop*/) override {
        prompts.push_back(request.messages.back().text);
        const auto turn = static_cast<std::size_t>(request.turn);
        const Result<std::string>& answer = answers_.at(std::min(turn, answers_.size() - 1));
        if (!answer) return tl::unexpected<Error>(answer.error());
        llm::Completion completion;
        completion.text = *answer;
        completion.finish_reason = llm::FinishReason::Stop;
        return completion;
    }
    [[nodiscard]] std::string name() const override { return "scripted"; }
    [[nodiscard]] std::string destination() const override { return "nowhere"; }
    [[nodiscard]] std::string preview(const llm::CompletionRequest&) const override { return ""; }

    std::vector<std::string> prompts;

private:
    std::vector<Result<std::string>> answers_;
};

std::string fenced(const std::string& code) { return "```verilog\n" + code + "```\n"; }

/// One design's loop. Verdicts are kept by code: no two models wait for the same judgement twice.
class Loop {
public:
    Loop(const test::JudgeMachine& machine, const test::BrokenDesign& design) : machine_(machine) {
        request_.problem.spec.text = "Do as the testbench wants.";
        request_.problem.spec.top = design.top;
        request_.problem.testbench = design.testbench;
        if (!design.reference.files.empty()) request_.problem.reference = design.reference;
        request_.max_repairs = 4;
    }

    /// None where the testbench itself is broken.
    std::vector<store::Attempt> run(llm::Backend& backend) {
        const TempFolder folder = TempFolder::create().value();
        store::RunStore store = store::RunStore::create(folder.path() / "run", {}).value();
        const auto judge = [this](const store::Attempt& attempt, const verify::JudgeRequest& judged,
                                  const std::stop_token& stop) -> Result<Verdict> {
            const auto known = verdicts_.find(attempt.candidate_code);
            if (known != verdicts_.end()) return known->second;
            TRY_ASSIGN(Verdict verdict, verify::judge(judged, machine_.tools(), stop));
            return verdicts_[attempt.candidate_code] = std::move(verdict);
        };
        const auto attempts =
            workflow::generate(request_, {backend, templates_, judge, store, clock_}, {});
        if (!attempts && attempts.error().code == ErrorCode::BadBench) return {};
        INFO((attempts ? std::string() : attempts.error().text()));
        REQUIRE(attempts);
        CHECK(attempts->size() <= 5);
        return *attempts;
    }

private:
    const test::JudgeMachine& machine_;
    GenerateRequest request_;
    prompts::PromptTemplates templates_;
    SystemClock clock_;
    std::map<std::string, Verdict> verdicts_;
};

/// Whether the prompt marks the line among those that drive the wrong output.
bool marks_line(const std::string& prompt, int line) {
    const std::size_t block = prompt.find("untrusted driving lines\n");
    if (block == std::string::npos) return false;
    std::string number = std::to_string(line);
    number.insert(0, number.size() < 4 ? 4 - number.size() : 0, ' ');
    return prompt.find("\n>" + number + " | ", block) != std::string::npos;
}

struct Counts {
    int designs = 0;
    int with_line = 0;
};

void check_facts(const std::string& prompt, const store::Attempt& broken) {
    const Verdict& verdict = *broken.verdict;
    REQUIRE(verdict.failure_trace);
    const FailureTrace& trace = *verdict.failure_trace;
    INFO(prompt);
    CHECK(contains(prompt, "first wrong output: " + trace.signal + "\n"));
    CHECK(contains(prompt, "\ntime: " + trace.time + "\n"));
    CHECK(contains(prompt, "\nexpected: "));
    CHECK(contains(prompt, "\ngot: "));
    CHECK_FALSE(trace.signal.empty());
    CHECK_FALSE(trace.got.empty());
    CHECK_FALSE(trace.expected.empty());
    CHECK((trace.cycle.has_value() || trace.clock.empty()));
    if (trace.cycle) CHECK(contains(prompt, "\ncycle: " + std::to_string(*trace.cycle) + "\n"));
    CHECK(contains(prompt, "(first wrong)"));
    CHECK(contains(prompt, ":" + trace.signal));
    CHECK(contains(prompt, "untrusted driving lines\n"));
    CHECK_FALSE(trace.drivers.empty());
    CHECK(prompt.size() < workflow::kEvidenceCap.count + 3 * broken.candidate_code.size() + 8'000);
}

/// The best is the broken design itself, which came first.
void check_kept(const std::vector<store::Attempt>& attempts) {
    const store::Attempt* best = workflow::best_attempt(attempts);
    REQUIRE(best != nullptr);
    CHECK(best->turn == 0);
    CHECK(best->candidate_code == attempts.front().candidate_code);
}

/// All models on one broken design. False where the change breaks nothing that shows as a mismatch.
bool check_design(const test::JudgeMachine& machine, const test::BrokenDesign& design,
                  Counts& counts) {
    CAPTURE(design.name);
    Loop loop(machine, design);
    TurnBackend same({fenced(design.wrong)});
    const auto stuck = loop.run(same);
    if (stuck.empty() || !stuck[0].verdict) return false;
    if (stuck[0].verdict->verdict_class != VerdictClass::Mismatch) return false;
    ++counts.designs;
    CHECK(stuck.size() == 2);
    check_kept(stuck);
    check_facts(same.prompts.at(1), stuck[0]);
    const bool with_line = design.line == 0 || marks_line(same.prompts.at(1), design.line);
    if (!with_line) std::cout << design.name << ": the changed line is not marked\n";
    counts.with_line += with_line ? 1 : 0;

    if (!design.right.empty()) {
        TurnBackend well({fenced(design.wrong), fenced(design.right)});
        const auto mended = loop.run(well);
        CHECK(mended.size() == 2);
        CHECK(workflow::best_attempt(mended)->verdict->outcome == Outcome::Pass);
    }
    const std::string no_verilog = replace_all(design.wrong, "endmodule", ";;; endmodule = (");
    TurnBackend worse({fenced(design.wrong), fenced(no_verilog), std::string("I can't say.\n"),
                       std::string("Nor now.\n")});
    const auto spoilt = loop.run(worse);
    check_kept(spoilt);
    REQUIRE(worse.prompts.size() >= 3);
    CHECK(contains(worse.prompts[2], "The last try was worse than the design above"));
    CHECK(contains(worse.prompts[2], "first wrong output: "));

    for (const Result<std::string>& nothing : std::vector<Result<std::string>>{
             fail(ErrorCode::Model, "overloaded"), fail(ErrorCode::Timeout, "no answer in time"),
             std::string()}) {
        TurnBackend silent({fenced(design.wrong), nothing});
        check_kept(loop.run(silent));
    }
    // One that jumps between two designs.
    TurnBackend circle({fenced(design.wrong), fenced(no_verilog), fenced(design.wrong),
                        fenced(no_verilog), fenced(design.wrong)});
    const auto circled = loop.run(circle);
    CHECK(circled.size() == 3);
    check_kept(circled);
    return true;
}

std::vector<test::BrokenDesign> library_mutants(std::size_t for_each) {
    const auto library = datasets::Library::open();
    REQUIRE(library);
    std::vector<test::BrokenDesign> designs;
    for (const std::string& name : library->names()) {
        const auto answer = library->answer({library->spec(name).value(), "", ""});
        if (!answer) continue;
        std::ranges::move(test::broken_versions(name, *answer, for_each),
                          std::back_inserter(designs));
    }
    return designs;
}

std::optional<test::JudgeMachine> machine_with_tools() {
    auto machine = test::open_judge_machine();
    const bool complete =
        machine && machine->has(tools::ToolKind::Icarus) && machine->has(tools::ToolKind::Yosys);
    return complete ? std::move(machine) : std::nullopt;
}

}  // namespace

TEST_CASE("a few broken designs are repaired by good models and kept from bad ones") {
    const auto machine = machine_with_tools();
    if (!machine) SKIP_VISIBLY("no jail, no Icarus or no Yosys");
    Counts counts;
    for (const test::BrokenDesign& design : library_mutants(3)) {
        if (counts.designs == 4) break;
        check_design(*machine, design, counts);
    }
    CHECK(counts.designs == 4);
    CHECK(counts.with_line >= 3);
}

// Hidden: minutes. ctest runs it with the label nightly.
TEST_CASE("forty broken designs of the library", "[.nightly]") {
    const auto machine = machine_with_tools();
    if (!machine) SKIP_VISIBLY("no jail, no Icarus or no Yosys");
    Counts counts;
    for (const test::BrokenDesign& design : library_mutants(12)) {
        if (counts.designs == 48) break;
        check_design(*machine, design, counts);
    }
    std::cout << counts.designs << " broken designs, the changed line marked in "
              << counts.with_line << "\n";
    CHECK(counts.designs >= 40);
    CHECK(counts.with_line * 10 >= counts.designs * 9);
}

// $RTLGEN_TEST_DATA: a folder with answers of a model and the problems that they are for.
TEST_CASE("answers of a real model that fail", "[.nightly]") {
    const auto machine = machine_with_tools();
    if (!machine) SKIP_VISIBLY("no jail, no Icarus or no Yosys");
    const char* data = std::getenv("RTLGEN_TEST_DATA");
    if (data == nullptr) SKIP_VISIBLY("RTLGEN_TEST_DATA names no folder of answers");
    const std::filesystem::path folder(data);
    const auto problems = read_file(folder / "verilog-eval-v2.spec-to-rtl.jsonl");
    const auto answers = read_file(folder / "samples.gemini-2.5-flash.verilog-eval-v2.jsonl");
    if (!problems || !answers) SKIP_VISIBLY("the folder has no such answers");
    std::map<std::string, nlohmann::json> by_name;
    for (const std::string_view line : split_lines(*problems)) {
        auto problem = nlohmann::json::parse(line);
        const std::string name = problem.at("problem");
        by_name[name] = std::move(problem);
    }
    Counts counts;
    std::string last;
    for (const std::string_view line : split_lines(*answers)) {
        const auto answer = nlohmann::json::parse(line);
        const std::string name = answer.at("problem");
        if (counts.designs == 20 || name == last || !by_name.contains(name)) continue;
        test::BrokenDesign design;
        design.name = name;
        design.wrong = answer.at("completion").get<std::string>() + "\n";
        design.testbench.files = {{"test.sv", {}, by_name[name].at("test")}};
        design.testbench.top = "tb";
        design.reference.files = {{"ref.sv", {}, by_name[name].at("ref")}};
        design.reference.top = "RefModule";
        design.top = "TopModule";
        if (check_design(*machine, design, counts)) last = name;
    }
    std::cout << counts.designs << " answers that fail\n";
    CHECK(counts.designs >= 10);
}

TEST_CASE("a program that hangs is cut by its time limit, and the best is kept") {
    llm::CommandOptions options;
    options.timeout = std::chrono::milliseconds(200);
    auto backend = llm::CommandBackend::create("sleep 1000", options);
    REQUIRE(backend);
    const TempFolder folder = TempFolder::create().value();
    store::RunStore store = store::RunStore::create(folder.path() / "run", {}).value();
    prompts::PromptTemplates templates;
    SystemClock clock;
    GenerateRequest request;
    request.problem.spec.text = "a gate";
    request.max_repairs = 5;
    const auto attempts =
        workflow::generate(request,
                           {**backend, templates,
                            [](const store::Attempt&, const verify::JudgeRequest&,
                               const std::stop_token&) -> Result<Verdict> { return Verdict{}; },
                            store, clock},
                           {});
    REQUIRE(attempts);
    REQUIRE(attempts->size() == 1);
    CHECK(attempts->at(0).error->code == ErrorCode::Timeout);
}

// SPDX-License-Identifier: Apache-2.0
#include "cli/workflow/edit.h"

#include "cli/workflow/edit_refusal.h"
#include "core/base/temp_folder.h"
#include "tests/catch.h"
#include "tests/unit/cli/workflow/workflow_bench.h"

using namespace rtlgen;
using namespace rtlgen::workflow;

namespace {

const std::string kTop =
    "module top #(parameter W = 4)(input clk, input [W-1:0] a, output y);\n"
    "    assign y = ^a;\nendmodule\n";
const std::string kSub = "module sub(input a, output y);\n    assign y = !a;\nendmodule\n";

SourceSet design(const std::string& top = kTop) {
    SourceSet set;
    set.files = {{"top.v", {}, top}, {"sub.v", {}, kSub}};
    set.top = "top";
    return set;
}

std::string block(const std::string& search, const std::string& replace) {
    return "<<<<<<< SEARCH\n" + search + "\n=======\n" + replace + "\n>>>>>>> REPLACE\n";
}

/// Passes a design that says "right"; the more "wrong" stand in it the more samples are wrong.
Result<Verdict> judge_by_words(const verify::JudgeRequest& request, const std::stop_token&) {
    std::string all;
    for (const SourceFile& file : request.candidate.files) all += file.text;
    Verdict verdict;
    const bool right = contains(all, "right");
    verdict.outcome = right ? Outcome::Pass : Outcome::Fail;
    verdict.verdict_class = right ? VerdictClass::None : VerdictClass::Mismatch;
    Check compile;
    compile.name = "compile";
    compile.outcome = Outcome::Pass;
    Check simulate;
    simulate.name = "simulate";
    simulate.outcome = verdict.outcome;
    if (!right) {
        std::uint64_t wrong = 10;
        for (std::size_t at = all.find("wrong"); at != std::string::npos;
             at = all.find("wrong", at + 1)) {
            ++wrong;
        }
        simulate.mismatch = Mismatch{"5", 1, "y", "1'b1", "1'b0", wrong, 100};
    }
    verdict.checks = {compile, simulate};
    return verdict;
}

struct Bench {
    TempFolder folder = TempFolder::create().value();
    store::RunStore store = store::RunStore::create(folder.path() / "run", {}).value();
    prompts::PromptTemplates templates;
    SystemClock clock;
    EditRequest request{design(), "Make y right.", PortLock::Free, 3, {}, {}, {}};

    EditResult run(llm::Backend& backend) {
        auto result = edit(request, {backend, templates, judge_by_words, store, clock}, {});
        INFO((result ? std::string() : result.error().text()));
        REQUIRE(result);
        return *std::move(result);
    }
};

}  // namespace

TEST_CASE("a change is asked for with all files, applied, judged before and after, and kept") {
    Bench bench;
    test::ScriptedBackend backend(
        {"top.v\n" + block("    assign y = ^a;", "    assign y = |a; // right")});
    const EditResult result = bench.run(backend);
    CHECK(result.before.outcome == Outcome::Fail);
    REQUIRE(result.best() != nullptr);
    CHECK(result.best()->attempt.verdict->outcome == Outcome::Pass);
    CHECK(result.best()->attempt.candidate_code ==
          "--- a/top.v\n+++ b/top.v\n@@ -1,3 +1,3 @@\n module top #(parameter W = 4)(input clk, "
          "input [W-1:0] a, output y);\n-    assign y = ^a;\n+    assign y = |a; // right\n "
          "endmodule\n");
    CHECK(result.stopped == "it passes");
    for (const char* part :
         {"Make y right.", "assign y = ^a;", "assign y = !a;", "`sub.v`", "SEARCH"}) {
        CHECK(contains(backend.prompts[0], part));
    }
    CHECK(bench.store.attempts()->size() == 1);
}

TEST_CASE("a change of locked ports is refused, told, and mended") {
    Bench bench;
    bench.request.ports = PortLock::Locked;
    test::ScriptedBackend backend(
        {"top.v\n" +
             block("module top #(parameter W = 4)(input clk, input [W-1:0] a, output y);",
                   "module top #(parameter W = 4)(input clk, input [W-1:0] b, output y); // right"),
         "top.v\n" + block("    assign y = ^a;", "    assign y = |a; // right")});
    const EditResult result = bench.run(backend);
    REQUIRE(result.tries.size() == 2);
    const Verdict& refused = *result.tries[0].attempt.verdict;
    CHECK(refused.verdict_class == VerdictClass::Interface);
    CHECK(refused.checks[0].reason ==
          "the ports of `top` are locked: `input [W-1:0] a` has become `input [W-1:0] b`");
    CHECK(contains(backend.prompts[0], "stay exactly as they are"));
    CHECK(contains(backend.prompts[1], "has become"));
    CHECK(result.best()->attempt.verdict->outcome == Outcome::Pass);
}

TEST_CASE("what a candidate may not use is refused where the change brings it in") {
    for (const std::string line : {"initial $system(\"ls\");", "`include \"/etc/passwd\"",
                                   "`define y 1'b1", "initial tb.errors = 0;"}) {
        CAPTURE(line);
        Bench bench;
        bench.request.max_repairs = 0;
        test::ScriptedBackend backend(
            {"top.v\n" + block("    assign y = ^a;", line + " // right\n    assign y = ^a;")});
        const EditResult result = bench.run(backend);
        CHECK(result.best()->attempt.verdict->verdict_class == VerdictClass::Forbidden);
    }
    // What stood there before is the person's own.
    SourceSet own = design(
        "`define K 1\nmodule top(output y);\n  initial $system(\"ls\");\n  assign y = "
        "`K;\nendmodule\n");
    SourceSet after = own;
    after.files[0].text += "// more\n";
    CHECK(new_refusals(own, after, {}).empty());
}

TEST_CASE("the next try starts from the best, and a worse one is said to be thrown away") {
    Bench bench;
    test::ScriptedBackend backend(
        {"top.v\n" + block("    assign y = ^a;", "    assign y = |a; // wrong"),
         "top.v\n" + block("    assign y = |a; // wrong", "    // wrong wrong wrong"),
         "top.v\n" + block("    assign y = |a; // wrong", "    assign y = &a; // right")});
    const EditResult result = bench.run(backend);
    REQUIRE(result.tries.size() == 3);
    CHECK(contains(backend.prompts[2], "The last try was worse"));
    CHECK(contains(backend.prompts[2], "assign y = |a; // wrong"));
    CHECK(contains(backend.prompts[2], "first wrong output: y"));
    CHECK(result.best() == &result.tries[2]);
}

TEST_CASE("answers without a change, and models without an answer, end the asking") {
    Bench bench;
    test::ScriptedBackend chatty({"No.", "Still no.", "right"});
    const EditResult result = bench.run(chatty);
    CHECK(result.tries.size() == 2);
    CHECK(contains(result.stopped, "nothing moves"));
    CHECK(result.best()->attempt.verdict->verdict_class == VerdictClass::NoCode);
    Bench other;
    test::ScriptedBackend silent({});
    const EditResult none = other.run(silent);
    CHECK(none.best() == nullptr);
    CHECK(none.tries.at(0).attempt.error->code == ErrorCode::Model);
}

TEST_CASE("an edit that doesn't fit is told with its lines") {
    Bench bench;
    test::ScriptedBackend backend(
        {"top.v\n" + block("    assign nowhere;", "x"),
         "top.v\n" + block("    assign y = ^a;", "    assign y = a[0]; // right")});
    const EditResult result = bench.run(backend);
    CHECK(contains(backend.prompts[1], "1 line beginning with `assign nowhere;`"));
    CHECK(result.best()->attempt.verdict->outcome == Outcome::Pass);
}

TEST_CASE("an interface differs in names, order, directions, ranges, signs and defaults") {
    const auto changed = [](const std::string& header) {
        return changed_interface(design(), design(header + "endmodule\n"));
    };
    CHECK(changed("module top #(parameter W = 4)(input clk, input [W-1:0] a, output y);").empty());
    CHECK(contains(changed("module top #(parameter W = 5)(input clk, input [W-1:0] a, output y);"),
                   "parameter W = 5"));
    CHECK(contains(changed("module top #(parameter W = 4)(input clk, input [W-1:0] a);"),
                   "`output y` is gone"));
    CHECK(contains(changed("module top #(parameter W = 4)(input clk, input [W:0] a, output y);"),
                   "[W:0]"));
    CHECK(contains(changed("module other;"), "is gone"));
}

TEST_CASE("an edit that was killed goes on: no answer is asked for twice, no verdict made again") {
    const std::vector<std::string> answers = {
        "top.v\n" + block("    assign y = ^a;", "    assign y = &a; // wrong"),
        "top.v\n" + block("    assign y = &a; // wrong", "    assign y = |a; // right")};
    Bench bench;
    test::ScriptedBackend backend(answers);
    const EditResult first = bench.run(backend);
    REQUIRE(first.tries.size() == 2);
    // Killed before the second answer was judged.
    bench.request.earlier = bench.store.attempts().value();
    store::Attempt& last = bench.request.earlier.at(1);
    last.verdict.reset();
    last.candidate_code.clear();
    last.state = store::AttemptState::Answered;
    REQUIRE(bench.store.set_state(store::RunState::Running, 0));
    int judged = 0;
    const auto count = [&](const verify::JudgeRequest& request, const std::stop_token& stop) {
        ++judged;
        return judge_by_words(request, stop);
    };
    test::ScriptedBackend silent({});
    const auto second =
        edit(bench.request, {silent, bench.templates, count, bench.store, bench.clock}, {});
    REQUIRE(second);
    CHECK(silent.prompts.empty());
    CHECK(judged == 2);  // the design as it is, and the second change
    REQUIRE(second->tries.size() == 2);
    CHECK(second->tries[0].files == first.tries[0].files);
    CHECK(second->best()->attempt.candidate_code == first.best()->attempt.candidate_code);
    CHECK(bench.store.state().value() == store::RunState::Finished);
    // An answer to another task isn't taken.
    bench.request.task = "Something else.";
    const auto other =
        edit(bench.request, {silent, bench.templates, count, bench.store, bench.clock}, {});
    REQUIRE(other);
    CHECK(silent.prompts.size() == 1);
}

TEST_CASE("an edit that the network ended has work left, one that came to its end has none") {
    Bench bench;
    test::FunctionBackend broken([](const llm::CompletionRequest&) -> Result<llm::Completion> {
        return fail(ErrorCode::Network, "no route");
    });
    bench.run(broken);
    CHECK(bench.store.state().value() == store::RunState::Interrupted);
    test::ScriptedBackend backend(
        {"top.v\n" + block("    assign y = ^a;", "    assign y = |a; // right")});
    bench.request.earlier = bench.store.attempts().value();
    CHECK(bench.run(backend).best()->attempt.verdict->outcome == Outcome::Pass);
    CHECK(bench.store.state().value() == store::RunState::Finished);
}

TEST_CASE("a change is judged again from its diff, with the same refusals") {
    Bench bench;
    bench.request.max_repairs = 0;
    test::ScriptedBackend backend(
        {"top.v\n" + block("    assign y = ^a;", "    assign y = |a; // right")});
    store::Attempt attempt = bench.run(backend).tries.at(0).attempt;
    CHECK(judge_edit_again(bench.request, attempt, judge_by_words, {})->outcome == Outcome::Pass);
    bench.request.ports = PortLock::Locked;
    attempt.candidate_code =
        "--- a/sub.v\n+++ b/sub.v\n@@ -2 +2 @@\n-    assign y = !a;\n+    initial "
        "$system(\"ls\");\n";
    CHECK(judge_edit_again(bench.request, attempt, judge_by_words, {})->verdict_class ==
          VerdictClass::Forbidden);
    attempt.candidate_code = "--- a/sub.v\n+++ b/sub.v\n@@ -2 +2 @@\n-    nothing\n+    x\n";
    CHECK(judge_edit_again(bench.request, attempt, judge_by_words, {}).error().code ==
          ErrorCode::Unreadable);
}

TEST_CASE("a change that makes it worse is thrown away, and the next one starts from the better") {
    Bench bench;
    test::ScriptedBackend backend(
        {"top.v\n" + block("    assign y = ^a;", "    assign y = &a;"),
         "top.v\n" + block("    assign y = &a;", "    assign y = 0; // wrong wrong"),
         "top.v\n" + block("    assign y = &a;", "    assign y = |a; // right")});
    const EditResult result = bench.run(backend);
    REQUIRE(result.tries.size() == 3);
    CHECK(contains(backend.prompts[2], "assign y = &a;"));
    CHECK(contains(backend.prompts[2], "worse, so it was thrown away"));
    CHECK(result.best()->attempt.verdict->outcome == Outcome::Pass);
}

// SPDX-License-Identifier: Apache-2.0
#include "core/llm/replay_backend.h"

#include <filesystem>

#include "core/base/files.h"
#include "tests/catch.h"

using namespace rtlgen;
using namespace rtlgen::llm;

namespace {

CompletionRequest request_for(const std::string& problem, int sample, int turn = 0) {
    CompletionRequest request;
    request.problem = problem;
    request.messages = {{Role::User, "Build a gate."}};
    request.sample = sample;
    request.turn = turn;
    return request;
}

ReplayBackend replay_of(std::string_view text) {
    return {"r.jsonl", parse_recording(text, "r.jsonl").value()};
}

std::string answer(ReplayBackend& backend, const CompletionRequest& request) {
    const auto completion = backend.complete(request, {});
    return completion ? completion->text : "error: " + completion.error().text();
}

constexpr const char* kVerilogEvalLines =
    R"({"problem": "Prob001_zero", "sample": 1, "completion": "first"}
{"problem": "Prob001_zero", "sample": 2, "completion": "second"}

{"problem": "Prob003_one", "sample": 1, "completion": "other"}
)";

}  // namespace

TEST_CASE("a benchmark's sample lines answer by problem and sample") {
    ReplayBackend backend = replay_of(kVerilogEvalLines);
    CHECK(answer(backend, request_for("Prob001_zero", 1)) == "first");
    CHECK(answer(backend, request_for("Prob001_zero", 2)) == "second");
    CHECK(answer(backend, request_for("Prob003_one", 1)) == "other");
}

TEST_CASE("samples that are numbered from 0 are read in their order") {
    ReplayBackend backend = replay_of(R"({"task_id":"p","sample":1,"completion":"b"}
{"task_id":"p","sample":0,"completion":"a"})");
    CHECK(answer(backend, request_for("p", 1)) == "a");
    CHECK(answer(backend, request_for("p", 2)) == "b");
}

TEST_CASE("an answer that wasn't recorded is a Model error that names the recording and problem") {
    ReplayBackend backend = replay_of(kVerilogEvalLines);
    const auto none = backend.complete(request_for("Prob001_zero", 3), {});
    REQUIRE_FALSE(none);
    CHECK(none.error().code == ErrorCode::Model);
    CHECK(none.error().text() == "r.jsonl: the recording has no answer 3 for \"Prob001_zero\"");
    CHECK(answer(backend, request_for("Prob001_zero", 1, 1)) ==
          "error: r.jsonl: the recording has no repair 1 of answer 1 for \"Prob001_zero\"");
}

TEST_CASE("lines without a problem answer any problem in their order, turns apart") {
    ReplayBackend backend = replay_of(R"({"completion":"bad"}
{"completion":"worse"}
{"turn":1,"completion":"mended"})");
    CHECK(answer(backend, request_for("x", 1)) == "bad");
    CHECK(answer(backend, request_for("x", 2)) == "worse");
    CHECK(answer(backend, request_for("x", 1, 1)) == "mended");
}

TEST_CASE("a line with the request's hash answers before a line with the problem") {
    const CompletionRequest request = request_for("p", 1);
    RecordedAnswer exact;
    exact.problem = "p";
    exact.request = request_hash(request);
    exact.sample = 1;
    exact.completion.text = "by hash";
    ReplayBackend backend =
        replay_of("{\"problem\":\"p\",\"completion\":\"by problem\"}\n" + to_line(exact));
    CHECK(answer(backend, request) == "by hash");
    CompletionRequest changed = request;
    changed.messages.front().text = "Build another gate.";
    CHECK(answer(backend, changed) == "by problem");
}

TEST_CASE("a recorded line is read as it was written") {
    RecordedAnswer written{"p", "hash", 2, 1, {}};
    written.completion.text = "module m;\nendmodule \"é\"\n";
    written.completion.reasoning = "hm";
    written.completion.finish_reason = FinishReason::Length;
    written.completion.model = "m";
    written.completion.usage = {10, 20};
    CHECK(parse_recording(to_line(written), "r").value() == std::vector{written});
}

TEST_CASE("a broken line of a recording is an error with file and line") {
    const auto code_and_text = [](std::string_view text) {
        const auto answers = parse_recording(text, "r.jsonl");
        return answers ? "read" : answers.error().text();
    };
    CHECK(code_and_text("{\"completion\":\"x\"}\nnot json") ==
          "r.jsonl:2: not a JSON object; a recording has one on each line");
    CHECK(code_and_text("{\"problem\":\"x\"}") == "r.jsonl:1: the key \"completion\" is missing");
    CHECK(contains(code_and_text("{\"completion\":3}"), "r.jsonl:1: a key has a wrong type"));
    CHECK(contains(code_and_text("[1]"), "not a JSON object"));
}

TEST_CASE("a missing recording is NotFound") {
    const auto backend = ReplayBackend::open("/nonexistent/r.jsonl");
    REQUIRE_FALSE(backend);
    CHECK(backend.error().code == ErrorCode::NotFound);
}

TEST_CASE("a thought before the answer is kept apart from it") {
    ReplayBackend backend = replay_of(
        R"({"completion":"\n<think>is it ```a```?</think>\nyes"}
{"completion":"thinks first</think>yes"}
{"completion":"<think>never ends"}
{"completion":"say <think> in the middle </think>"})");
    const auto first = backend.complete(request_for("", 1), {}).value();
    CHECK(first.text == "\nyes");
    CHECK(first.reasoning == "is it ```a```?");
    CHECK(answer(backend, request_for("", 2)) == "yes");
    const auto third = backend.complete(request_for("", 3), {}).value();
    CHECK(third.text.empty());
    CHECK(third.reasoning == "never ends");
    CHECK(answer(backend, request_for("", 4)) == "say <think> in the middle </think>");
}

TEST_CASE("a line with a request's hash answers another prompt by its own sample and turn") {
    RecordedAnswer second{"p", "some hash", 2, 0, {}, {}};
    second.completion.text = "second";
    ReplayBackend backend = replay_of(to_line(second));
    CHECK(answer(backend, request_for("p", 2)) == "second");
    CHECK(contains(answer(backend, request_for("p", 1)), "has no answer 1"));
    CHECK(contains(answer(backend, request_for("other", 2)), "has no answer 2"));
}

TEST_CASE("of two lines for one request the later one counts") {
    RecordedAnswer line{"p", request_hash(request_for("p", 1)), 1, 0, {}, {}};
    line.completion.text = "earlier";
    std::string text = to_line(line);
    line.completion.text = "later";
    ReplayBackend backend = replay_of(text + to_line(line));
    CHECK(answer(backend, request_for("p", 1)) == "later");
    CHECK(contains(answer(backend, request_for("p", 2)), "has no answer 2"));
}

TEST_CASE("what a killed program left half written at the end is left out, elsewhere it is told") {
    const std::string line = R"({"schema":"rtlgen.recording.v1","completion":"a"})";
    for (std::size_t cut = 1; cut < line.size(); ++cut) {
        INFO(cut);
        const std::string half = line.substr(0, cut);
        CHECK(parse_recording(line + "\n" + half, "r").value().size() == 1);
        CHECK_FALSE(parse_recording(half + "\n" + line, "r"));
    }
    CHECK(parse_recording(line + "\n" + line, "r").value().size() == 2);
}

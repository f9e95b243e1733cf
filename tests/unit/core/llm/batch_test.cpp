// SPDX-License-Identifier: Apache-2.0
// Requests and answers in the files of batch APIs.
#include <nlohmann/json.hpp>

#include "core/base/files.h"
#include "core/base/temp_folder.h"
#include "core/llm/batch_backend.h"
#include "core/llm/batch_file.h"
#include "core/llm/replay_backend.h"
#include "tests/catch.h"

using namespace rtlgen;
using namespace rtlgen::llm;
using nlohmann::json;

namespace {

CompletionRequest request_of(int sample, int turn = 0) {
    CompletionRequest request;
    request.problem = "gate";
    request.messages = {{Role::System, "You write Verilog."}, {Role::User, "A gate."}};
    request.sampling.temperature = 0.5;
    request.sampling.seed = 7;
    request.sample = sample;
    request.turn = turn;
    return request;
}

std::string chat_body(const std::string& text) {
    return json{{"object", "chat.completion"},
                {"model", "m-1"},
                {"choices",
                 {{{"index", 0},
                   {"message", {{"role", "assistant"}, {"content", text}}},
                   {"finish_reason", "stop"}}}},
                {"usage", {{"prompt_tokens", 3}, {"completion_tokens", 4}}}}
        .dump();
}

std::string answer_line(const std::string& id, const std::string& response) {
    return R"({"id":"b1","custom_id":")" + id + R"(","response":)" + response +
           R"(,"error":null})" + "\n";
}

std::string enveloped(const std::string& body, int status = 200) {
    return R"({"status_code":)" + std::to_string(status) + R"(,"request_id":"r","body":)" + body +
           "}";
}

std::string only_text(const std::vector<RecordedAnswer>& answers) {
    REQUIRE(answers.size() == 1);
    return answers[0].error ? "error: " + answers[0].error->text() : answers[0].completion.text;
}

}  // namespace

TEST_CASE("a request is a line with method, URL and a body that asks for one whole answer") {
    const json line = json::parse(batch_line({}, "m", request_of(3)).value());
    CHECK(line.at("custom_id") == batch_id(request_of(3)));
    CHECK(line.at("method") == "POST");
    CHECK(line.at("url") == "/v1/chat/completions");
    CHECK(line.at("body").at("model") == "m");
    CHECK(line.at("body").at("seed") == 9);
    CHECK(line.at("body").at("messages").size() == 2);
    CHECK_FALSE(line.at("body").contains("stream"));
    OpenAiFormat base;
    base.api = OpenAiApi::Completions;
    const json plain = json::parse(batch_line(base, "m", request_of(1)).value());
    CHECK(plain.at("url") == "/v1/completions");
    CHECK(plain.at("body").at("prompt") == "You write Verilog.\n\nA gate.\n");
}

TEST_CASE("answers come in an envelope or as the completion itself") {
    const std::string id = batch_id(request_of(2, 1));
    for (const std::string& response : {enveloped(chat_body("code")), chat_body("code")}) {
        const auto answers = parse_recording(answer_line(id, response), "a.jsonl").value();
        CHECK(only_text(answers) == "code");
        CHECK(answers[0].request == request_hash(request_of(2, 1)));
        CHECK(answers[0].sample == 2);
        CHECK(answers[0].turn == 1);
        CHECK(answers[0].completion.model == "m-1");
        CHECK(answers[0].completion.finish_reason == FinishReason::Stop);
        CHECK(answers[0].completion.usage == Usage{3, 4});
    }
}

TEST_CASE("a request that failed in the batch is an error of its own, and names its line") {
    const std::string id = batch_id(request_of(1));
    const std::vector<std::pair<std::string, std::string>> rows = {
        {R"({"custom_id":")" + id +
             R"(","response":null,"error":{"code":"expired","message":"too late"}})",
         "error: a.jsonl:1: the batch has no answer here: too late"},
        {answer_line(id, enveloped(R"({"error":{"message":"bad model"}})", 400)),
         "error: a.jsonl:1: the batch has no answer here: status 400, bad model"},
        {answer_line(id, enveloped("{}")),
         "error: a.jsonl:1: the batch has no answer here: answered without a choice; is this a "
         "model for this kind of request?"},
    };
    for (const auto& [line, error] : rows) {
        CHECK(only_text(parse_recording(line, "a.jsonl").value()) == error);
    }
}

TEST_CASE("a custom_id of somebody else's is a problem's name") {
    const auto made = parse_recording(answer_line("gate", enveloped(chat_body("one"))) +
                                          answer_line("gate", enveloped(chat_body("two"))),
                                      "a.jsonl")
                          .value();
    ReplayBackend backend("a.jsonl", made);
    CHECK(backend.complete(request_of(1), {})->text == "one");
    CHECK(backend.complete(request_of(2), {})->text == "two");
    for (const char* id : {"rtlgen-", "rtlgen-12-s1-t0", "rtlgen-x"}) {
        const auto answers = parse_recording(answer_line(id, chat_body("x")), "a.jsonl").value();
        CHECK(answers[0].problem == id);
        CHECK(answers[0].request.empty());
    }
}

TEST_CASE("what a batch hasn't answered is collected, each once and in order, and is deferred") {
    const TempFolder folder = TempFolder::create().value();
    const auto file = folder.path() / "answers.jsonl";
    REQUIRE(write_file_atomic(file, answer_line(batch_id(request_of(2)), chat_body("second"))));
    BatchRequests requests;
    const auto backend = BatchBackend::open("m", {}, file, requests).value();
    for (const int sample : {3, 1, 3, 2}) {
        const auto answer = backend->complete(request_of(sample), {});
        if (sample == 2) {
            CHECK(answer->text == "second");
            CHECK(answer->endpoint == file.string());
        } else {
            CHECK(answer.error().code == ErrorCode::Deferred);
        }
    }
    CHECK(requests.count() == 2);
    CHECK(requests.text() ==
          batch_line({}, "m", request_of(1)).value() + batch_line({}, "m", request_of(3)).value());
    // Another prompt is another request, whatever its sample.
    CompletionRequest other = request_of(2);
    other.messages.back().text = "Another gate.";
    CHECK(backend->complete(other, {}).error().code == ErrorCode::Deferred);
}

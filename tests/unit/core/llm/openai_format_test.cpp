// SPDX-License-Identifier: Apache-2.0
#include "core/llm/openai_format.h"

#include <nlohmann/json.hpp>

#include "tests/catch.h"
#include "tests/unit/core/llm/memory_growth.h"

using namespace rtlgen;
using namespace rtlgen::llm;
using nlohmann::json;

namespace {

CompletionRequest full_request() {
    CompletionRequest request;
    request.messages = {{Role::System, "You write RTL."}, {Role::User, "A gate.\n"}};
    request.sampling.temperature = 0.8;
    request.sampling.top_p = 0.95;
    request.sampling.top_k = 40;
    request.sampling.max_tokens = 100;
    request.sampling.seed = 7;
    request.sampling.stop = {"endmodule", "\xff"};
    request.sampling.logprobs = 3;
    request.sampling.reasoning_effort = "low";
    request.sampling.response_format = R"({"type":"json_object"})";
    request.sampling.extra_body = R"({"min_p":0.1,"top_k":20})";
    request.sample = 3;
    return request;
}

json body_of(const OpenAiFormat& format, const CompletionRequest& request, int choices = 1) {
    return json::parse(openai_body(format, "m", request, choices).value().json);
}

}  // namespace

TEST_CASE("every sampling field is asked for under the name that servers know") {
    CHECK(body_of({}, full_request(), 4) == json::parse(R"({"model":"m","temperature":0.8,
        "top_p":0.95,"top_k":20,"max_tokens":100,"seed":9,"stop":["endmodule","\ufffd"],
        "logprobs":true,"top_logprobs":3,"reasoning_effort":"low",
        "response_format":{"type":"json_object"},"n":4,"min_p":0.1,"stream":true,
        "stream_options":{"include_usage":true},"messages":[
        {"role":"system","content":"You write RTL."},{"role":"user","content":"A gate.\n"}]})"));
}

TEST_CASE("a base model is asked for plain text, with logprobs as a number") {
    OpenAiFormat format;
    format.api = OpenAiApi::Completions;
    format.delivery = Delivery::Whole;
    const json body = body_of(format, full_request());
    CHECK(body["prompt"] == "You write RTL.\n\nA gate.\n");
    CHECK_FALSE(body.contains("messages"));
    CHECK(body["logprobs"] == 3);
    CHECK_FALSE(body.contains("top_logprobs"));
    CHECK(body["stream"] == false);
    CHECK_FALSE(body.contains("stream_options"));
    CHECK_FALSE(body.contains("n"));
}

TEST_CASE("models that refuse max_tokens get max_completion_tokens") {
    OpenAiFormat format;
    format.length_key = LengthKey::MaxCompletionTokens;
    const json body = body_of(format, full_request());
    CHECK(body["max_completion_tokens"] == 100);
    CHECK_FALSE(body.contains("max_tokens"));
}

TEST_CASE("the parameters are the body without its prompt") {
    const OpenAiBody body = openai_body({}, "m", full_request(), 1).value();
    json without = json::parse(body.json);
    without.erase("messages");
    CHECK(json::parse(body.parameters) == without);
}

TEST_CASE("the extra body takes keys away by null, and stream options where nothing is streamed") {
    CompletionRequest request;
    request.sampling.extra_body = R"({"stream_options":null,"x":1})";
    CHECK(body_of({}, request) ==
          json::parse(R"({"model":"m","stream":true,"x":1,"messages":[]})"));
    request.sampling.extra_body = R"({"stream":false})";
    CHECK(body_of({}, request) == json::parse(R"({"model":"m","stream":false,"messages":[]})"));
}

TEST_CASE("a large body of nothing but small values is read in little memory") {
    std::string body = R"({"choices":[{"text":"x"}],"more":[)";
    while (body.size() < 15U << 20U) body += "[0],";
    body += "[]]}";
    const long growth = test::memory_growth(
        [&body] { CHECK(parse_openai_response(body).value().front().text == "x"); });
    CHECK(growth < 64 * 1024);
}

TEST_CASE("what should be a JSON object and isn't is named") {
    CompletionRequest request;
    request.sampling.response_format = "json";
    CHECK(openai_body({}, "m", request, 1).error().message ==
          "the response format is no JSON object");
    request.sampling.response_format.clear();
    request.sampling.extra_body = "[1]";
    const auto body = openai_body({}, "m", request, 1);
    CHECK(body.error().code == ErrorCode::InvalidArgument);
    CHECK(body.error().message == "the extra body is no JSON object");
}

TEST_CASE("a base model's answer is read, with its logprobs") {
    const auto answers = parse_openai_response(
        R"({"model":"b","choices":[{"index":1,"text":"two","finish_reason":"length"},
            {"index":0,"text":"one","finish_reason":"stop","logprobs":{"tokens":["one"],
            "token_logprobs":[-1.5]}}],"usage":{"prompt_tokens":3,"completion_tokens":9}})");
    REQUIRE(answers);
    REQUIRE(answers->size() == 2);
    CHECK(answers->at(0).text == "one");
    CHECK(answers->at(0).logprobs == R"({"tokens":["one"],"token_logprobs":[-1.5]})");
    CHECK(answers->at(0).usage == Usage{3, 5});
    CHECK(answers->at(1).text == "two");
    CHECK(answers->at(1).finish_reason == FinishReason::Length);
    CHECK(answers->at(1).usage == Usage{0, 4});
}

TEST_CASE("usage that a server doesn't tell stays unknown") {
    const auto answers =
        parse_openai_response(R"({"choices":[{"text":"a"},{"index":1,"text":"b"}]})");
    REQUIRE(answers);
    CHECK(answers->at(0).usage == Usage{});
    CHECK(answers->at(1).usage == Usage{});
}

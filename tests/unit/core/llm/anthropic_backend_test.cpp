// SPDX-License-Identifier: Apache-2.0
#include "core/llm/anthropic_backend.h"

#include "tests/unit/core/llm/anthropic_fixture.h"

using std::chrono::milliseconds;

namespace {

std::string whole(const std::string& content, const std::string& reason = "end_turn",
                  const std::string& more = "") {
    return http_response(200, R"({"id":"m","type":"message","role":"assistant","model":"claude-x",)"
                              R"("content":)" +
                                  content + R"(,"stop_reason":")" + reason + "\"" + more +
                                  R"(,"usage":{"input_tokens":3,"cache_creation_input_tokens":4,)"
                                  R"("cache_read_input_tokens":5,"output_tokens":6}})");
}

std::string whole_text(const std::string& json_text) {
    return whole(R"([{"type":"text","text":")" + json_text + "\"}]");
}

}  // namespace

TEST_CASE("a request goes to /v1/messages with key and version, and its answer is read") {
    Bench bench(Answers{stream_of("module m;\\nendmodule")});
    bench.request.sampling.temperature = 0.5;
    bench.request.sampling.seed = 3;
    const auto completion = bench.ask();
    REQUIRE(completion);
    CHECK(completion->text == "module m;\nendmodule");
    CHECK(completion->finish_reason == FinishReason::Stop);
    CHECK(completion->model == "claude-x");
    CHECK(completion->usage == Usage{11, 7});
    CHECK(completion->endpoint == bench.server.url());
    CHECK(nlohmann::json::parse(completion->sent) ==
          nlohmann::json::parse(R"({"model":"claude-sonnet-4-5","max_tokens":32000,
              "temperature":0.5,"stream":true,"left_out":{"seed":"the API has none"}})"));
    const std::string asked = bench.server.requests().at(0);
    CHECK(asked.starts_with("POST /v1/messages HTTP/1.1\r\n"));
    CHECK(contains(asked, "x-api-key: sk-ant-canary-51c0\r\n"));
    CHECK(contains(asked, "anthropic-version: 2023-06-01\r\n"));
    CHECK_FALSE(contains(asked, "Authorization"));
    CHECK(completion->bytes_sent == bench.body().dump().size());
    CHECK(bench.body()["system"] == "You write RTL.");
}

TEST_CASE("the base URL may end in /v1, /v1/messages or in a gateway's path") {
    const auto url = [](const std::string& base) {
        return anthropic_url(parse_endpoint(base).value(), "messages");
    };
    CHECK(url("https://h") == "https://h/v1/messages");
    CHECK(url("https://h/v1/") == "https://h/v1/messages");
    CHECK(url("https://h/v1/messages") == "https://h/v1/messages");
    CHECK(url("https://h/anthropic") == "https://h/anthropic/v1/messages");
}

TEST_CASE("a whole answer is read, thinking apart, tokens of the cache counted") {
    Bench bench(Answers{whole(R"([{"type":"thinking","thinking":"hm","signature":"s"},
        {"type":"redacted_thinking","data":"xx"},{"type":"text","text":"a"},
        {"type":"text","text":"b"}])")},
                "claude-sonnet-4-5", 1, Delivery::Whole);
    const auto completion = bench.ask();
    REQUIRE(completion);
    CHECK(completion->text == "ab");
    CHECK(completion->reasoning == "hm");
    CHECK(completion->usage == Usage{12, 6});
    CHECK(bench.body()["stream"] == false);
}

TEST_CASE("why an answer ends is told in the words of the house") {
    const auto [reason, expected] = GENERATE(table<std::string, FinishReason>({
        {"end_turn", FinishReason::Stop},
        {"stop_sequence", FinishReason::Stop},
        {"max_tokens", FinishReason::Length},
        {"model_context_window_exceeded", FinishReason::Length},
        {"refusal", FinishReason::Refused},
        {"pause_turn", FinishReason::Unknown},
    }));
    CAPTURE(reason);
    Bench bench(Answers{stream_of("x", reason)});
    CHECK(bench.ask().value().finish_reason == expected);
}

TEST_CASE("a refusal without text says why") {
    Bench bench(
        Answers{whole("[]", "refusal", R"(,"stop_details":{"explanation":"I can't help."})")});
    const auto completion = bench.ask();
    REQUIRE(completion);
    CHECK(completion->finish_reason == FinishReason::Refused);
    CHECK(completion->text == "I can't help.");
}

TEST_CASE("a server that doesn't stream is read all the same") {
    Bench bench(Answers{whole_text("module m;")});
    CHECK(bench.ask().value().text == "module m;");
}

TEST_CASE("a busy or overloaded server is asked again, after the time that it names") {
    const std::string overloaded = R"({"type":"error","error":{"type":"overloaded_error"}})";
    Bench bench(Answers{http_response(429, "{}", "retry-after: 7\r\n"),
                        http_response(529, overloaded, "Retry-After: 3\r\n"), stream_of("x")},
                "claude-sonnet-4-5", 3);
    REQUIRE(bench.ask());
    CHECK(bench.clock.sleeps() ==
          std::vector<milliseconds>{milliseconds(7000), milliseconds(3000)});
    CHECK(bench.server.requests().size() == 3);
}

TEST_CASE("what can't get better isn't asked again") {
    const auto [answer, code] = GENERATE(table<std::string, ErrorCode>({
        {refusal("messages: at least one message is required"), ErrorCode::Model},
        {refusal("Your credit balance is too low to access the Anthropic API."), ErrorCode::Budget},
        {http_response(401, R"({"error":{"type":"authentication_error","message":"bad key"}})"),
         ErrorCode::Model},
        {http_response(403, "{}"), ErrorCode::Model},
        {http_response(404, R"({"error":{"type":"not_found_error","message":"model: x"}})"),
         ErrorCode::Model},
    }));
    CAPTURE(answer);
    Bench bench(Answers{answer, stream_of("x")}, "claude-sonnet-4-5", 3);
    const auto completion = bench.ask();
    REQUIRE_FALSE(completion);
    CHECK(completion.error().code == code);
    CHECK(bench.server.requests().size() == 1);
    if (contains(completion.error().message, "401")) {
        CHECK(contains(completion.error().message, "ANTHROPIC_API_KEY"));
    }
}

TEST_CASE("a parameter that the server refuses by name is left out, from then on") {
    Bench bench(Answers{refusal("temperature is deprecated for this model."), stream_of("a"),
                        stream_of("b")},
                "my-gateway-model");
    bench.request.sampling.temperature = 0.5;
    const auto completion = bench.ask();
    REQUIRE(completion);
    CHECK(completion->text == "a");
    CHECK(bench.body(0)["temperature"] == 0.5);
    CHECK_FALSE(bench.body(1).contains("temperature"));
    CHECK(nlohmann::json::parse(completion->sent)["left_out"]["temperature"] ==
          "the server refuses it");
    CHECK(completion->bytes_sent == bench.body(0).dump().size() + bench.body(1).dump().size());
    CHECK(bench.ask().value().text == "b");
    CHECK(bench.server.requests().size() == 3);
}

TEST_CASE("a server that refuses everything by name is asked a bounded number of times") {
    Bench bench([](const std::string&) {
        return refusal("no temperature, top_p, top_k, thinking, effort, adaptive, stop_sequences");
    });
    bench.request.sampling.temperature = 0.5;
    bench.request.sampling.top_p = 0.5;
    bench.request.sampling.top_k = 5;
    bench.request.sampling.stop = {"x"};
    bench.request.sampling.reasoning_effort = "high";
    CHECK(bench.ask().error().code == ErrorCode::Model);
    CHECK(bench.server.requests().size() <= 8);
}

TEST_CASE("a redirect of a message isn't followed, and its key goes nowhere else") {
    ScriptedServer elsewhere(Answers{stream_of("stolen")});
    Bench bench(Answers{http_response(307, "", "Location: " + elsewhere.url() + "/messages\r\n")});
    CHECK(bench.ask().error().code == ErrorCode::Network);
    CHECK(elsewhere.requests().empty());
}

TEST_CASE("a key that a server quotes stands in no answer, record, preview or error") {
    Bench bench(Answers{whole_text("key sk-ant-canary-51c0 of 2023-06-01"),
                        refusal("bad sk-ant-canary-51c0")});
    const auto completion = bench.ask();
    REQUIRE(completion);
    CHECK(completion->text == "key [redacted] of 2023-06-01");  // the version is no secret
    CHECK_FALSE(contains(completion->raw, kCanary));
    CHECK_FALSE(contains(bench.ask().error().text(), kCanary));
    const std::string preview = bench.backend.preview(bench.request);
    CHECK_FALSE(contains(preview, kCanary));
    CHECK(preview.starts_with("POST " + bench.server.url() +
                              "/messages\nx-api-key: [redacted]\nanthropic-version: 2023-06-01\n"));
}

TEST_CASE("an answer that is none is an error that says what came") {
    const auto message = [](const std::string& answer) {
        return Bench(Answers{answer}).ask().error().message;
    };
    CHECK(contains(message(http_response(200, "<html>hi</html>")), "no JSON object"));
    CHECK(contains(message(http_response(200, "{\"choices\":[]}")), "without a message"));
    CHECK(contains(message(http_response(
                       200, R"({"type":"error","error":{"type":"api_error","message":"down"}})")),
                   "down"));
}

TEST_CASE("what is left out, and a prompt near the context's length, is told before it is sent") {
    Bench bench(Answers{http_response(200, R"({"data":[{"id":"claude-opus-5","type":"model",)"
                                           R"("max_input_tokens":40000}]})")},
                "claude-opus-5");
    using Asking = Backend::Asking;
    bench.request.sampling.temperature = 0.5;
    bench.request.sampling.seed = 1;
    const auto small = bench.backend.warnings(bench.request, Asking::Anyone, {});
    REQUIRE(small.size() == 2);
    CHECK(small[0] == "temperature isn't sent as it was asked for: this model takes none");
    CHECK(contains(small[1], "seed isn't sent"));
    CHECK(bench.server.requests().empty());  // nothing near any context
    bench.request.sampling = {};
    bench.request.messages = {{Role::User, std::string(80'000, 'x')}};
    for (int i = 0; i < 2; ++i) {
        const auto near = bench.backend.warnings(bench.request, Asking::Anyone, {});
        REQUIRE(near.size() == 1);
        CHECK(contains(near[0], "about 20004 tokens and the answer up to 32000"));
        CHECK(contains(near[0], "40000"));
    }
    CHECK(bench.server.requests().size() == 1);
}

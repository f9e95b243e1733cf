// SPDX-License-Identifier: Apache-2.0
// Streamed answers of OpenAiBackend over real connections, and what goes wrong with them.
#include <atomic>
#include <nlohmann/json.hpp>
#include <thread>

#include "core/llm/openai_backend.h"
#include "tests/catch.h"
#include "tests/unit/core/llm/fake_clock.h"
#include "tests/unit/core/llm/scripted_server.h"

using namespace rtlgen;
using namespace rtlgen::llm;
using test::chunked_response;
using test::FakeClock;
using test::http_response;
using test::open_response;
using test::ScriptedServer;

namespace {

constexpr const char* kCanary = "sk-canary-9e1b";

std::string event(const std::string& json) { return "data: " + json + "\n\n"; }

std::string delta(const std::string& inner, int index = 0) {
    return event(R"({"model":"m-1","choices":[{"index":)" + std::to_string(index) +
                 R"(,"delta":{)" + inner + R"(},"finish_reason":null}]})");
}

std::string finish(const std::string& reason, int index = 0) {
    return event(R"({"model":"m-1","choices":[{"index":)" + std::to_string(index) +
                 R"(,"delta":{},"finish_reason":")" + reason + R"("}]})");
}

const std::string kUsage =
    event(R"({"model":"m-1","choices":[],"usage":{"prompt_tokens":11,"completion_tokens":7}})");
const std::string kDone = "data: [DONE]\n\n";

/// An answer with everything that a stream may hold.
std::string whole_stream() {
    return ": ping\n\n" + delta(R"("role":"assistant","content":"")") +
           delta(R"("reasoning_content":"hm ")") + delta(R"("reasoning":"so")") +
           delta(R"("content":"module m;\n")") + ": ping\r\n\r\n" +
           delta(R"("content":"endmodule \u00e9 é")") + finish("stop") + kUsage + kDone;
}

struct Bench {
    ScriptedServer server;
    FakeClock clock;
    OpenAiBackend backend;

    template <class Script>
    explicit Bench(Script script, int tries = 1)
        : server(std::move(script)), backend(options_for(server.url(), tries), clock) {}

    static OpenAiOptions options_for(const std::string& url, int tries) {
        OpenAiOptions options;
        options.model = "some/model";
        options.endpoint = parse_endpoint(url).value();
        options.key = config::Secret(kCanary);
        options.retry.max_tries = tries;
        return options;
    }
    Result<Completion> ask() { return backend.complete(request(), {}); }
    static CompletionRequest request() {
        CompletionRequest request;
        request.messages = {{Role::User, "A gate."}};
        return request;
    }
};

using Answers = std::vector<std::string>;

}  // namespace

TEST_CASE("a streamed answer is put together, reasoning apart, with usage and reason") {
    const std::string stream = whole_stream();
    const std::string answer = GENERATE_COPY(
        open_response(stream), chunked_response(stream, 1) + "0\r\n\r\n",
        chunked_response(stream, 7) + "0\r\n\r\n", chunked_response(stream, 100000) + "0\r\n\r\n");
    Bench bench(Answers{answer});
    const auto completion = bench.ask();
    REQUIRE(completion);
    CHECK(completion->text == "module m;\nendmodule é é");
    CHECK(completion->reasoning == "hm so");
    CHECK(completion->finish_reason == FinishReason::Stop);
    CHECK(completion->model == "m-1");
    CHECK(completion->usage == Usage{11, 7});
    CHECK(completion->raw == stream);
}

TEST_CASE("a stream that is cut at any byte is never a whole answer before its reason has come") {
    const std::string stream = whole_stream();
    // From here on nothing is missing from the answer.
    const std::size_t finished = stream.find("\"finish_reason\":\"stop\"}]}\n\n") + 27;
    const bool chunked = GENERATE(false, true);
    // Each request gets one more byte of the stream than the one before it.
    std::atomic<std::size_t> length = 0;
    Bench bench([&](const std::string&) {
        const std::string part = stream.substr(0, length);
        return chunked ? chunked_response(part, 50) : open_response(part);
    });
    int whole = 0;
    for (; length <= stream.size(); ++length) {
        const auto completion = bench.ask();
        if (completion) {
            ++whole;
            CAPTURE(length.load(), finished);
            REQUIRE(length >= finished);
            REQUIRE(completion->text == "module m;\nendmodule é é");
            REQUIRE(completion->finish_reason == FinishReason::Stop);
        } else {
            REQUIRE(completion.error().code == ErrorCode::Network);
        }
    }
    CHECK(whole == static_cast<int>(stream.size() - finished) + 1);
}

TEST_CASE("a stream whose length the server tells, cut at any byte of the response, is no answer") {
    const std::string stream = delta(R"("content":"module m; endmodule")");
    const std::string whole = http_response(200, stream + finish("stop") + kDone);
    const std::string bytes = whole.substr(0, whole.find("application/json")) +
                              "text/event-stream" +
                              whole.substr(whole.find("application/json") + 16);
    const std::size_t finished = bytes.find("\"finish_reason\":\"stop\"}]}\n\n") + 27;
    std::atomic<std::size_t> length = 0;
    Bench bench([&](const std::string&) { return bytes.substr(0, length); });
    for (; length < finished; ++length) {
        const auto completion = bench.ask();
        CAPTURE(length.load());
        REQUIRE_FALSE(completion);
        REQUIRE(completion.error().code == ErrorCode::Network);
    }
    length = bytes.size();
    CHECK(bench.ask().value().text == "module m; endmodule");
}

TEST_CASE("a cut stream is asked for again, and nothing of the first try is left") {
    Bench bench(Answers{open_response(delta(R"("content":"half ")")), "reset",
                        open_response(delta(R"("content":"whole")") + finish("stop") + kDone)},
                3);
    const auto completion = bench.ask();
    REQUIRE(completion);
    CHECK(completion->text == "whole");
    CHECK_FALSE(contains(completion->raw, "half"));
    CHECK(bench.server.requests().size() == 3);
}

TEST_CASE("a stream without reason but with its end event is whole, its reason unknown") {
    Bench bench(Answers{open_response(delta(R"("content":"x")") + kDone),
                        open_response(delta(R"("content":"y")") + "data: [DONE]")});
    const auto completion = bench.ask();
    REQUIRE(completion);
    CHECK(completion->text == "x");
    CHECK(completion->finish_reason == FinishReason::Unknown);
    CHECK(bench.ask().value().text == "y");
}

TEST_CASE("an answer that is cut by max_tokens is told from a whole one") {
    Bench bench(Answers{open_response(delta(R"("content":"mod")") + finish("length") + kDone)});
    CHECK(bench.ask().value().finish_reason == FinishReason::Length);
}

TEST_CASE("an error object inside a stream is an error, tried again where it may pass") {
    const std::string begun = delta(R"("content":"half ")");
    const std::string good = open_response(delta(R"("content":"good")") + finish("stop") + kDone);
    const auto [error, again] = GENERATE(table<std::string, bool>({
        {event(R"({"error":{"message":"bad sk-canary-9e1b","type":"invalid_request_error"}})"),
         false},
        {event(R"({"error":{"message":"out","code":"insufficient_quota"}})"), false},
        {event(R"({"object":"error","message":"too long","code":400})"), false},
        {event(R"({"error":{"message":"busy","type":"server_error"}})"), true},
        {event(R"({"error":{"message":"busy","code":502},"choices":[]})"), true},
        {event(R"({"object":"error","message":"down","code":503})"), true},
        {"error: {\"code\":500,\"message\":\"oom\"}\n\n", true},
        {finish("error"), true},
    }));
    CAPTURE(error);
    Bench bench(Answers{open_response(begun + error + finish("stop") + kDone), good}, 3);
    const auto completion = bench.ask();
    CHECK(completion.has_value() == again);
    if (completion) {
        CHECK(completion->text == "good");
    } else {
        CHECK(completion.error().code != ErrorCode::Network);
        CHECK_FALSE(contains(completion.error().text(), kCanary));
        CHECK(bench.server.requests().size() == 1);
    }
}

TEST_CASE("bad JSON in a stream is an error, bad UTF-8 is replaced") {
    Bench broken(Answers{open_response(event("{\"choices\":[") + finish("stop") + kDone)});
    CHECK(broken.ask().error().code == ErrorCode::Model);
    Bench latin(
        Answers{open_response(delta("\"content\":\"caf\xe9 \xff\"") + finish("stop") + kDone),
                test::chat_response("\"caf\xe9\"")});
    CHECK(latin.ask().value().text == "caf\xef\xbf\xbd \xef\xbf\xbd");
    CHECK(latin.ask().value().text == "caf\xef\xbf\xbd");
}

TEST_CASE("a stream that ends in nothing is no answer") {
    Bench bench(Answers{open_response(kDone), open_response(": ping\n\n" + kUsage + kDone),
                        open_response("")});
    CHECK(bench.ask().error().code == ErrorCode::Model);
    CHECK(bench.ask().error().code == ErrorCode::Model);
    CHECK(bench.ask().error().code == ErrorCode::Network);
}

TEST_CASE("a server that doesn't stream though asked to is read all the same") {
    Bench bench(Answers{test::chat_response("\"x\"")});
    const auto completion = bench.ask();
    REQUIRE(completion);
    CHECK(completion->text == "x");
    CHECK(contains(completion->raw, "\"choices\""));
}

TEST_CASE("HTML in a 200 is an error that says so") {
    Bench bench(Answers{open_response("<html>Sign in</html>", "text/html")});
    const auto completion = bench.ask();
    REQUIRE_FALSE(completion);
    CHECK(completion.error().code == ErrorCode::Model);
    CHECK(contains(completion.error().message, "no JSON object"));
    CHECK(bench.server.requests().size() == 1);
}

TEST_CASE("a stream's end is enough: what the server does after it isn't waited for") {
    FakeClock clock;
    ScriptedServer server(ScriptedServer::Play{[&clock](const std::string&, test::Wire& wire) {
        wire.send(chunked_response(delta(R"("content":"x")") + finish("stop") + kDone, 10000));
        while (wire.open()) clock.advance(std::chrono::milliseconds(1));
    }});
    OpenAiOptions options = Bench::options_for(server.url(), 1);
    options.timeout = options.silence = std::chrono::hours(10'000);
    OpenAiBackend backend(options, clock);
    CHECK(backend.complete(Bench::request(), {}).value().text == "x");
}

TEST_CASE("n choices of one stream are told apart by their index") {
    const std::string stream = delta(R"("content":"b1 ")", 1) + delta(R"("content":"a1 ")", 0) +
                               delta(R"("content":"b2")", 1) + finish("length", 1) +
                               delta(R"("content":"a2")", 0) + finish("stop", 0) + kUsage + kDone;
    ScriptedServer server(Answers{open_response(stream)});
    FakeClock clock;
    OpenAiOptions options = Bench::options_for(server.url(), 1);
    options.samples_at_once = 2;
    OpenAiBackend backend(options, clock);
    CompletionRequest request = Bench::request();
    request.sampling.seed = 5;
    request.sample = 2;
    const auto second = backend.complete(request, {});
    REQUIRE(second);
    CHECK(second->text == "b1 b2");
    CHECK(second->finish_reason == FinishReason::Length);
    request.sample = 1;
    const auto first = backend.complete(request, {});
    REQUIRE(first);
    CHECK(first->text == "a1 a2");
    // What was paid for once is counted once.
    CHECK(first->usage == Usage{11, 4});
    CHECK(second->usage == Usage{0, 3});
    CHECK(first->bytes_sent > 0);
    CHECK(second->bytes_sent == 0);
    REQUIRE(server.requests().size() == 1);
    const std::string asked = server.requests().at(0);
    const auto body = nlohmann::json::parse(asked.substr(asked.find("\r\n\r\n") + 4));
    CHECK(body["n"] == 2);
    CHECK(body["seed"] == 5);
}

TEST_CASE("logprobs of a stream are joined as the server gave them") {
    const auto token = [](const std::string& text) {
        return event(R"({"choices":[{"index":0,"delta":{"content":")" + text +
                     R"("},"logprobs":{"content":[{"token":")" + text +
                     R"(","logprob":-0.5}]},"finish_reason":null}]})");
    };
    Bench bench(Answers{open_response(token("a") + token("b") + finish("stop") + kDone)});
    CHECK(bench.ask().value().logprobs ==
          R"({"content":[{"token":"a","logprob":-0.5},{"token":"b","logprob":-0.5}]})");
}

TEST_CASE("a key that a server streams back stands neither in the answer nor in the raw record") {
    Bench bench(Answers{open_response(delta(R"("content":"key sk-canary-")") +
                                      delta(R"("content":"9e1b sk-canary-9e1b")") + finish("stop") +
                                      kDone)});
    const auto completion = bench.ask();
    REQUIRE(completion);
    CHECK(completion->text == "key [redacted] [redacted]");
    CHECK_FALSE(contains(completion->raw, kCanary));
}

TEST_CASE(
    "what is kept of a response as it came is capped, and a key at the cap isn't cut in two") {
    const std::string padding((1U << 20U) - 6, 'x');
    Bench bench(
        Answers{http_response(200, "{\"choices\":[{\"message\":{\"content\":\"ok\"}}],\"p\":\"" +
                                       padding + kCanary + std::string(100'000, 'y') + "\"}")});
    const auto completion = bench.ask();
    REQUIRE(completion);
    CHECK(completion->raw.size() == 1U << 20U);
    CHECK_FALSE(contains(completion->raw, "sk-"));
}

TEST_CASE("a whole answer that ends with its connection, cut at any byte, is no answer") {
    const std::string body = R"({"choices":[{"message":{"content":"module m; endmodule"}}]})";
    std::atomic<std::size_t> length = 0;
    Bench bench([&](const std::string&) {
        return open_response(body.substr(0, length), "application/json");
    });
    for (; length < body.size(); ++length) {
        CAPTURE(length.load());
        REQUIRE_FALSE(bench.ask());
    }
    CHECK(bench.ask().value().text == "module m; endmodule");
}

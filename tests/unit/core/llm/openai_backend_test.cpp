// SPDX-License-Identifier: Apache-2.0
#include "core/llm/openai_backend.h"

#include <nlohmann/json.hpp>

#include "tests/catch.h"
#include "tests/unit/core/llm/fake_clock.h"
#include "tests/unit/core/llm/scripted_server.h"

using namespace rtlgen;
using namespace rtlgen::llm;
using std::chrono::milliseconds;
using test::chat_response;
using test::FakeClock;
using test::http_response;
using test::ScriptedServer;

namespace {

constexpr const char* kCanary = "sk-canary-3f9a";

OpenAiOptions options_for(const std::string& url) {
    OpenAiOptions options;
    options.model = "some/model";
    options.endpoint = parse_endpoint(url).value();
    options.key = config::Secret(kCanary);
    return options;
}

CompletionRequest some_request() {
    CompletionRequest request;
    request.messages = {{Role::System, "You write RTL."}, {Role::User, "A \"gate\".\n"}};
    request.sampling.temperature = 0.5;
    request.sampling.max_tokens = 100;
    request.sampling.seed = 7;
    request.sample = 3;
    return request;
}

struct Bench {
    ScriptedServer server;
    FakeClock clock;
    OpenAiBackend backend;

    explicit Bench(std::vector<std::string> answers)
        : server(std::move(answers)), backend(options_for(server.url()), clock) {}
    Result<Completion> ask(std::stop_token stop = {}) {
        return backend.complete(some_request(), std::move(stop));
    }
    std::string error() {
        const auto completion = ask();
        return completion ? "no error" : completion.error().text();
    }
};

}  // namespace

TEST_CASE("a chat request carries messages, parameters and the key, and its answer is read") {
    Bench bench({chat_response(R"("module m;\nendmodule")", "length")});
    const auto completion = bench.ask();
    REQUIRE(completion);
    CHECK(completion->text == "module m;\nendmodule");
    CHECK(completion->finish_reason == FinishReason::Length);
    CHECK(completion->model == "m-1");
    CHECK(completion->usage == Usage{11, 7});
    CHECK(completion->endpoint == bench.server.url());

    const std::string request = bench.server.requests().at(0);
    CHECK(request.starts_with("POST /v1/chat/completions HTTP/1.1\r\n"));
    CHECK(contains(request, "Authorization: Bearer sk-canary-3f9a\r\n"));
    const auto body = nlohmann::json::parse(request.substr(request.find("\r\n\r\n") + 4));
    const auto expected = nlohmann::json::parse(R"({"model":"some/model","temperature":0.5,
        "max_tokens":100,"seed":9,"stream":true,"stream_options":{"include_usage":true},"messages":[
        {"role":"system","content":"You write RTL."},{"role":"user","content":"A \"gate\".\n"}]})");
    CHECK(body == expected);
    auto sent = expected;
    sent.erase("messages");
    CHECK(nlohmann::json::parse(completion->sent) == sent);
    CHECK(completion->bytes_sent == body.dump().size());
}

TEST_CASE("parameters that weren't set aren't sent") {
    Bench bench({chat_response("\"x\"")});
    REQUIRE(bench.backend.complete({"", {{Role::User, "u"}}, {}, 1, 0, {}}, {}));
    const std::string request = bench.server.requests().at(0);
    for (const char* name : {"temperature", "seed", "max_tokens", "top_p", "stop\""}) {
        CAPTURE(name);
        CHECK_FALSE(contains(request, name));
    }
}

TEST_CASE("reasoning, parts and refusals are read in the shapes that servers use") {
    const auto ask = [](const std::string& message) {
        Bench bench({http_response(200, "{\"choices\":[{\"message\":" + message + "}]}")});
        return bench.ask().value();
    };
    CHECK(ask(R"({"content":"a","reasoning_content":"r"})").reasoning == "r");
    CHECK(ask(R"({"content":"a","reasoning":"r2"})").reasoning == "r2");
    const Completion thought = ask(R"({"content":"<think>hm</think>a"})");
    CHECK(thought.text == "a");
    CHECK(thought.reasoning == "hm");
    CHECK(ask(R"({"content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]})").text ==
          "ab");
    CHECK(ask(R"({"content":null,"refusal":"I can't."})").finish_reason == FinishReason::Refused);
    CHECK(ask(R"({"content":null})").text.empty());
}

TEST_CASE("a busy server is asked again after the time that it names") {
    Bench bench({http_response(429, "{}", "Retry-After: 7\r\n"),
                 http_response(503, "{}", "Retry-After: Sun, 09 Sep 2001 01:46:59 GMT\r\n"),
                 chat_response("\"x\"")});
    REQUIRE(bench.ask());
    CHECK(bench.clock.sleeps() ==
          std::vector<milliseconds>{milliseconds(7000), milliseconds(12000)});
    CHECK(bench.server.requests().size() == 3);
}

TEST_CASE("without a time, the longest wait doubles, and five tries are the last") {
    Bench bench({http_response(500, "{}"), http_response(502, "<html>", "Retry-After: soon\r\n"),
                 "reset", http_response(529, "{}"),
                 http_response(503, R"({"error":{"message":"loading\nmodel"}})"),
                 chat_response("\"never asked\"")});
    const auto completion = bench.ask();
    REQUIRE_FALSE(completion);
    CHECK(completion.error().code == ErrorCode::Network);
    CHECK(completion.error().message == "the server answered with status 503: loading model");
    CHECK(completion.error().where == bench.server.url());
    CHECK(bench.server.requests().size() == 5);
    const auto sleeps = bench.clock.sleeps();
    REQUIRE(sleeps.size() == 4);
    for (std::size_t i = 0; i < sleeps.size(); ++i) {
        CAPTURE(i, sleeps[i].count());
        CHECK(sleeps[i] >= milliseconds(0));
        CHECK(sleeps[i] <= milliseconds(1000) * (1 << i));
    }
}

TEST_CASE("what can't get better isn't tried again") {
    const auto [answer, code] = GENERATE(table<std::string, ErrorCode>({
        {http_response(400, R"({"error":"bad"})"), ErrorCode::Model},
        {http_response(401, R"({"error":{"message":"no"}})"), ErrorCode::Model},
        {http_response(403, "{}"), ErrorCode::Model},
        {http_response(404, "not found"), ErrorCode::Model},
        {http_response(429, R"({"error":{"code":"insufficient_quota","message":"pay"}})"),
         ErrorCode::Budget},
        {http_response(429, "{}", "Retry-After: 86400\r\n"), ErrorCode::Model},
    }));
    CAPTURE(answer);
    Bench bench({answer, chat_response("\"x\"")});
    const auto completion = bench.ask();
    REQUIRE_FALSE(completion);
    CHECK(completion.error().code == code);
    CHECK(bench.server.requests().size() == 1);
    CHECK(bench.clock.sleeps().empty());
}

TEST_CASE("an answer that is none is a Model error that says what came") {
    CHECK(contains(Bench({http_response(200, "<html>hi</html>")}).error(), "no JSON object"));
    CHECK(contains(Bench({http_response(200, R"({"error":{"message":"overloaded"}})")}).error(),
                   "answered with an error: overloaded"));
    CHECK(contains(Bench({http_response(200, R"({"choices":[]})")}).error(), "without a choice"));
    CHECK(contains(Bench({http_response(200, R"({"choices":[{"index":0}]})")}).error(),
                   "without a choice"));
}

TEST_CASE("a cut answer is never taken for a whole one") {
    const std::string whole = chat_response("\"module m; endmodule\"");
    // Cut in the status line, the headers, at their end, in the body, and before its last byte.
    const std::size_t body = whole.find("\r\n\r\n") + 4;
    for (const std::size_t length :
         {std::size_t{5}, std::size_t{40}, body, body + 30, whole.size() - 1}) {
        CAPTURE(length);
        const std::string cut = whole.substr(0, length);
        Bench bench({cut, cut, cut, cut, cut});
        const auto completion = bench.ask();
        REQUIRE_FALSE(completion);
        CHECK(completion.error().code == ErrorCode::Network);
    }
    Bench mended({whole.substr(0, body + 30), whole});
    CHECK(mended.ask().value().text == "module m; endmodule");
}

TEST_CASE("a redirect isn't followed, and the key goes nowhere else") {
    ScriptedServer elsewhere({chat_response("\"stolen\"")});
    Bench bench({http_response(307, "", "Location: " + elsewhere.url() + "/chat/completions\r\n")});
    const auto completion = bench.ask();
    REQUIRE_FALSE(completion);
    CHECK(completion.error().code == ErrorCode::Network);
    CHECK(contains(completion.error().message, "status 307, to http://127.0.0.1:"));
    CHECK(elsewhere.requests().empty());
}

TEST_CASE("a key that a server quotes stands in no error and no answer") {
    OpenAiOptions options = options_for("http://127.0.0.1:1");
    const std::string quoting = R"({"error":{"message":"bad key sk-canary-3f9a"}})";
    CHECK_FALSE(contains(Bench({http_response(401, quoting)}).error(), kCanary));
    CHECK_FALSE(contains(Bench({http_response(200, quoting)}).error(), kCanary));
    CHECK_FALSE(contains(
        Bench({http_response(302, "", "Location: http://x/?k=sk-canary-3f9a\r\n")}).error(),
        kCanary));
    Bench bench({chat_response("\"your key is sk-canary-3f9a\"")});
    CHECK(bench.ask().value().text == "your key is [redacted]");
    CHECK_FALSE(contains(bench.backend.preview(some_request()), kCanary));
    CHECK(contains(bench.backend.preview(some_request()), "Bearer [redacted]"));
}

TEST_CASE("a key is not cut in two by the end of a long message") {
    for (int padding = 270; padding <= 300; ++padding) {
        INFO(padding);
        const std::string quoting = R"({"error":{"message":"no: )" +
                                    std::string(static_cast<std::size_t>(padding), 'x') + " " +
                                    std::string(kCanary) + R"( is bad"}})";
        CHECK_FALSE(contains(Bench({http_response(401, quoting)}).error(),
                             std::string(kCanary).substr(0, 6)));
    }
}

TEST_CASE("headers of the configuration are sent and redacted as keys are") {
    ScriptedServer server({http_response(401, R"({"error":"gate-key-1 is wrong"})")});
    FakeClock clock;
    OpenAiOptions options = options_for(server.url());
    options.key = {};
    options.headers = {{"X-Gateway", config::Secret("gate-key-1")}};
    OpenAiBackend backend(options, clock);
    const auto completion = backend.complete(some_request(), {});
    CHECK(contains(completion.error().message, "[redacted] is wrong"));
    CHECK(contains(server.requests().at(0), "X-Gateway: gate-key-1\r\n"));
    CHECK_FALSE(contains(server.requests().at(0), "Authorization"));
}

TEST_CASE("a server that isn't there is a Network error with its address") {
    std::string url;
    {
        url = ScriptedServer(std::vector<std::string>{}).url();
    }
    FakeClock clock;
    const auto completion = OpenAiBackend(options_for(url), clock).complete(some_request(), {});
    REQUIRE_FALSE(completion);
    CHECK(completion.error().code == ErrorCode::Network);
    CHECK(contains(completion.error().text(), url));
    CHECK(contains(completion.error().text(), "is the server running?"));
    CHECK(clock.sleeps().empty());
}

TEST_CASE("a proxy that the environment names is not used") {
    ScriptedServer proxy({chat_response("\"through the proxy\"")});
    const std::string variable = "http://127.0.0.1:" + std::to_string(proxy.port());
    setenv("http_proxy", variable.c_str(), 1);
    setenv("ALL_PROXY", variable.c_str(), 1);
    Bench bench({chat_response("\"direct\"")});
    CHECK(bench.ask().value().text == "direct");
    unsetenv("http_proxy");
    unsetenv("ALL_PROXY");
    CHECK(proxy.requests().empty());
}

TEST_CASE("a server of this machine is found by its models, and gets no key") {
    const std::string models = R"({"object":"list","data":[{"id":"qwen"},{"id":"other"}]})";
    ScriptedServer web({http_response(200, "<html>a web page</html>")});
    ScriptedServer server({http_response(200, models)});
    const auto found = find_local_server({{"web", web.port()}, {"mine", server.port()}}, {});
    REQUIRE(found);
    CHECK(found->name == "mine");
    CHECK(found->model == "qwen");
    CHECK(found->endpoint.base_url == server.url());
    CHECK(server.requests().at(0).starts_with("GET /v1/models HTTP/1.1\r\n"));
    CHECK_FALSE(contains(server.requests().at(0), "Authorization"));
    CHECK_FALSE(find_local_server({{"gone", server.port()}}, {}));
}

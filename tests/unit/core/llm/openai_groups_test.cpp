// SPDX-License-Identifier: Apache-2.0
// Samples of one prompt that are asked for together.
#include <atomic>
#include <nlohmann/json.hpp>
#include <set>
#include <thread>

#include "core/llm/openai_backend.h"
#include "tests/catch.h"
#include "tests/unit/core/llm/fake_clock.h"
#include "tests/unit/core/llm/scripted_server.h"

using namespace rtlgen;
using namespace rtlgen::llm;
using test::FakeClock;
using test::http_response;
using test::ScriptedServer;

namespace {

OpenAiOptions options_for(const ScriptedServer& server, int at_once) {
    OpenAiOptions options;
    options.model = "m";
    options.endpoint = parse_endpoint(server.url()).value();
    options.format.delivery = Delivery::Whole;
    options.samples_at_once = at_once;
    options.retry.max_tries = 1;
    return options;
}

CompletionRequest request_of(int sample) {
    CompletionRequest request;
    request.messages = {{Role::User, "A gate."}};
    request.sample = sample;
    return request;
}

/// As many choices as are asked for, or at most `most`; each answer is unlike any other.
ScriptedServer::Script numbered_choices(int most = 1000) {
    return [most, number = 0](const std::string& request) mutable {
        const auto body = nlohmann::json::parse(request.substr(request.find("\r\n\r\n") + 4));
        nlohmann::json answer;
        for (int i = 0; i < std::min(most, body.value("n", 1)); ++i) {
            answer["choices"].push_back(
                {{"index", i}, {"message", {{"content", std::to_string(number++)}}}});
        }
        return http_response(200, answer.dump());
    };
}

/// The answers to samples 1 to `count`, asked for at once.
std::vector<Result<Completion>> ask_all(OpenAiBackend& backend, int count) {
    std::vector<Result<Completion>> answers(static_cast<std::size_t>(count));
    std::vector<std::thread> callers;
    for (int i = 0; i < count; ++i) {
        callers.emplace_back([&, i] {
            answers[static_cast<std::size_t>(i)] = backend.complete(request_of(i + 1), {});
        });
    }
    for (std::thread& caller : callers) caller.join();
    return answers;
}

std::size_t distinct(const std::vector<Result<Completion>>& answers) {
    std::set<std::string> texts;
    for (const auto& answer : answers) {
        if (answer) texts.insert(answer->text);
    }
    return texts.size();
}

}  // namespace

TEST_CASE("twenty samples in groups of eight are three requests and twenty answers") {
    ScriptedServer server(numbered_choices());
    FakeClock clock;
    OpenAiBackend backend(options_for(server, 8), clock);
    CHECK(distinct(ask_all(backend, 20)) == 20);
    CHECK(server.requests().size() == 3);
}

TEST_CASE("by default each sample is a request of its own") {
    ScriptedServer server(numbered_choices());
    FakeClock clock;
    OpenAiBackend backend(options_for(server, 1), clock);
    CHECK(distinct(ask_all(backend, 5)) == 5);
    CHECK(server.requests().size() == 5);
}

TEST_CASE("a server that ignores n is asked for each of the others apart") {
    ScriptedServer server(numbered_choices(1));
    FakeClock clock;
    OpenAiBackend backend(options_for(server, 4), clock);
    CHECK(distinct(ask_all(backend, 4)) == 4);
    CHECK(server.requests().size() == 4);
}

TEST_CASE("who comes after the one answer of a server that ignores n doesn't ask for all again") {
    ScriptedServer server(numbered_choices(1));
    FakeClock clock;
    OpenAiBackend backend(options_for(server, 4), clock);
    for (int sample = 1; sample <= 4; ++sample) {
        REQUIRE(backend.complete(request_of(sample), {}));
    }
    CHECK(server.requests().size() == 4);
}

TEST_CASE("an answer is handed out once: who asks again gets another one") {
    ScriptedServer server(numbered_choices());
    FakeClock clock;
    OpenAiBackend backend(options_for(server, 2), clock);
    const std::string first = backend.complete(request_of(1), {}).value().text;
    CHECK(backend.complete(request_of(1), {}).value().text != first);
    CHECK(backend.complete(request_of(2), {}).value().text == "1");
}

TEST_CASE("an error of a group is told to all of it, and a later call asks again") {
    std::atomic<bool> broken = true;
    auto choices = numbered_choices();
    ScriptedServer server(ScriptedServer::Script([&](const std::string& request) {
        return broken ? http_response(400, R"({"error":"bad"})") : choices(request);
    }));
    FakeClock clock;
    OpenAiBackend backend(options_for(server, 6), clock);
    for (const auto& answer : ask_all(backend, 6)) {
        REQUIRE_FALSE(answer);
        CHECK(answer.error().code == ErrorCode::Model);
    }
    broken = false;
    CHECK(distinct(ask_all(backend, 6)) == 6);
}

TEST_CASE("a stopped caller doesn't stop its group") {
    std::atomic<int> asked = 0;
    auto choices = numbered_choices();
    ScriptedServer server(ScriptedServer::Play{[&](const std::string& request, test::Wire& wire) {
        if (++asked == 1) return wire.hold();
        wire.send(choices(request));
    }});
    FakeClock clock;
    OpenAiBackend backend(options_for(server, 3), clock);
    std::stop_source stop;
    Result<Completion> first;
    std::thread asker([&] { first = backend.complete(request_of(1), stop.get_token()); });
    server.wait_for_requests(1);
    Result<Completion> second;
    std::thread waiter([&] { second = backend.complete(request_of(2), {}); });
    std::stop_source stopped;
    stopped.request_stop();
    CHECK(backend.complete(request_of(3), stopped.get_token()).error().code ==
          ErrorCode::Interrupted);
    stop.request_stop();
    asker.join();
    waiter.join();
    CHECK(first.error().code == ErrorCode::Interrupted);
    REQUIRE(second);
    CHECK(second->text == "1");
}

TEST_CASE("Azure-style URLs name the deployment and the version, with the key in its header") {
    const auto [path, expected] = GENERATE(table<std::string, std::string>({
        {"", "/openai/deployments/gpt%2F4/chat/completions?api-version=2026-01-01"},
        {"/openai", "/openai/deployments/gpt%2F4/chat/completions?api-version=2026-01-01"},
        {"/openai/deployments/mine",
         "/openai/deployments/mine/chat/completions?api-version=2026-01-01"},
    }));
    ScriptedServer server(numbered_choices());
    FakeClock clock;
    OpenAiOptions options = options_for(server, 1);
    options.model = "gpt/4";
    options.endpoint =
        parse_endpoint("http://127.0.0.1:" + std::to_string(server.port()) + path).value();
    options.key = config::Secret("azure-key-1");
    options.key_header = KeyHeader::ApiKey;
    options.api_version = "2026-01-01";
    OpenAiBackend backend(options, clock);
    REQUIRE(backend.complete(request_of(1), {}));
    const std::string asked = server.requests().at(0);
    CHECK(asked.starts_with("POST " + expected + " HTTP/1.1\r\n"));
    CHECK(contains(asked, "api-key: azure-key-1\r\n"));
    CHECK_FALSE(contains(asked, "Authorization"));
    CHECK(contains(backend.preview(request_of(1)), "api-key: [redacted]"));
    CHECK_FALSE(contains(backend.preview(request_of(1)), "azure-key-1"));
}

TEST_CASE("a base model's requests go to /completions") {
    ScriptedServer server({http_response(200, R"({"choices":[{"text":"assign y = a;"}]})")});
    FakeClock clock;
    OpenAiOptions options = options_for(server, 1);
    options.format.api = OpenAiApi::Completions;
    OpenAiBackend backend(options, clock);
    CHECK(backend.complete(request_of(1), {}).value().text == "assign y = a;");
    CHECK(server.requests().at(0).starts_with("POST /v1/completions HTTP/1.1\r\n"));
}

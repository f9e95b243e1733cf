// SPDX-License-Identifier: Apache-2.0
// OpenAiBackend against a real language model behind llama.cpp's server (small_model.sh starts it).
#include <atomic>
#include <cstdlib>
#include <set>
#include <thread>
#include <vector>

#include "core/llm/openai_backend.h"
#include "tests/catch.h"

using namespace rtlgen;
using namespace rtlgen::llm;

namespace {

std::string server_url() {
    const char* url = std::getenv("RTLGEN_SMALL_MODEL_URL");
    return url == nullptr ? "" : url;
}

#define NEEDS_MODEL()                                                     \
    do {                                                                  \
        if (server_url().empty()) {                                       \
            SKIP_VISIBLY("RTLGEN_SMALL_MODEL_URL names no model server"); \
        }                                                                 \
    } while (false)

OpenAiOptions options_with(Delivery delivery, int at_once = 1) {
    OpenAiOptions options;
    options.model = "small";
    options.endpoint = parse_endpoint(server_url()).value();
    options.format.delivery = delivery;
    options.samples_at_once = at_once;
    options.timeout = std::chrono::minutes(20);
    return options;
}

CompletionRequest request_of(std::int64_t max_tokens, double temperature, std::int64_t seed) {
    CompletionRequest request;
    request.messages = {{Role::User, "Write a Verilog module for an AND gate."}};
    request.sampling.max_tokens = max_tokens;
    request.sampling.temperature = temperature;
    request.sampling.seed = seed;
    return request;
}

Completion ask(const CompletionRequest& request, Delivery delivery = Delivery::Stream) {
    SystemClock clock;
    OpenAiBackend backend(options_with(delivery), clock);
    auto completion = backend.complete(request, {});
    if (!completion) FAIL(completion.error().text());
    return *std::move(completion);
}

}  // namespace

TEST_CASE("a real model's answer is cut by max_tokens, and its tokens are counted") {
    NEEDS_MODEL();
    const Completion completion = ask(request_of(6, 0, 1));
    CHECK_FALSE(completion.text.empty());
    CHECK(completion.finish_reason == FinishReason::Length);
    CHECK(completion.usage.completion_tokens == 6);
    CHECK(completion.usage.prompt_tokens.value_or(0) > 5);
    CHECK(contains(completion.raw, "data: [DONE]"));
}

TEST_CASE("a real model says the same as a stream and whole, and stops before a stop word") {
    NEEDS_MODEL();
    CompletionRequest request = request_of(24, 0, 1);
    const std::string streamed = ask(request).text;
    const std::string whole = ask(request, Delivery::Whole).text;
    CHECK(streamed == whole);
    REQUIRE(whole.size() > 12);
    request.sampling.stop = {whole.substr(whole.size() / 2, 4)};
    const Completion stopped = ask(request);
    CHECK(stopped.text == whole.substr(0, whole.find(request.sampling.stop.front())));
    CHECK(stopped.finish_reason == FinishReason::Stop);
}

TEST_CASE("a real model repeats itself for an equal seed, and not for others") {
    NEEDS_MODEL();
    const std::string first = ask(request_of(12, 1, 5)).text;
    CHECK(ask(request_of(12, 1, 5)).text == first);
    std::set<std::string> others;
    for (std::int64_t seed = 6; seed < 9; ++seed) others.insert(ask(request_of(12, 1, seed)).text);
    CHECK((others.size() > 1 || *others.begin() != first));
}

TEST_CASE("a real model gives n answers to one request") {
    NEEDS_MODEL();
    SystemClock clock;
    OpenAiBackend backend(options_with(Delivery::Stream, 3), clock);
    std::set<std::string> texts;
    std::int64_t tokens = 0;
    for (int sample = 1; sample <= 3; ++sample) {
        CompletionRequest request = request_of(10, 1, 3);
        request.sample = sample;
        const auto completion = backend.complete(request, {});
        REQUIRE(completion);
        texts.insert(completion->text);
        tokens += completion->usage.completion_tokens.value_or(0);
        // Only the first of a group goes to the server.
        CHECK((completion->bytes_sent > 0) == (sample == 1));
    }
    CHECK(texts.size() > 1);
    CHECK(tokens > 0);
}

TEST_CASE("a real model answers 32 requests at once") {
    NEEDS_MODEL();
    SystemClock clock;
    OpenAiBackend backend(options_with(Delivery::Stream), clock);
    std::atomic<int> answered = 0;
    std::vector<std::thread> callers;
    for (int i = 0; i < 32; ++i) {
        callers.emplace_back([&, i] {
            const auto completion = backend.complete(request_of(4, 1, i), {});
            answered += completion && !completion->text.empty() ? 1 : 0;
        });
    }
    for (std::thread& caller : callers) caller.join();
    CHECK(answered == 32);
}

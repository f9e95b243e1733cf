// SPDX-License-Identifier: Apache-2.0
// What the tests of AnthropicBackend share: its answers as a server gives them.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/llm/anthropic_backend.h"
#include "tests/catch.h"
#include "tests/unit/core/llm/fake_clock.h"
#include "tests/unit/core/llm/scripted_server.h"

using namespace rtlgen;
using namespace rtlgen::llm;
using test::FakeClock;
using test::http_response;
using test::open_response;
using test::ScriptedServer;

namespace {

constexpr const char* kCanary = "sk-ant-canary-51c0";

/// An event of a stream; rest: its keys behind "type", with a comma in front.
inline std::string event(const std::string& type, const std::string& rest = "") {
    return "event: " + type + "\ndata: {\"type\":\"" + type + "\"" + rest + "}\n\n";
}
inline std::string begin() {
    return event("message_start", R"(,"message":{"id":"m","type":"message","model":"claude-x",)"
                                  R"("content":[],"stop_reason":null,"usage":{"input_tokens":9,)"
                                  R"("cache_read_input_tokens":2,"output_tokens":1}})");
}
inline std::string text(const std::string& json_text, int index = 0) {
    const std::string at = ",\"index\":" + std::to_string(index);
    return event("content_block_start", at + R"(,"content_block":{"type":"text","text":""})") +
           event("content_block_delta",
                 at + R"(,"delta":{"type":"text_delta","text":")" + json_text + "\"}") +
           event("content_block_stop", at);
}
inline std::string end(const std::string& reason = "end_turn") {
    return event("message_delta", R"(,"delta":{"stop_reason":")" + reason +
                                      R"(","stop_sequence":null},"usage":{"output_tokens":7})") +
           event("message_stop");
}
inline std::string stream_of(const std::string& json_text, const std::string& reason = "end_turn") {
    return open_response(begin() + text(json_text) + end(reason));
}
inline std::string refusal(const std::string& message) {
    return http_response(400,
                         R"({"type":"error","error":{"type":"invalid_request_error","message":)" +
                             nlohmann::json(message).dump() + "}}");
}

struct Bench {
    ScriptedServer server;
    FakeClock clock;
    AnthropicBackend backend;
    CompletionRequest request;

    template <class Script>
    explicit Bench(Script script, const std::string& model = "claude-sonnet-4-5", int tries = 1,
                   Delivery delivery = Delivery::Stream)
        : server(std::move(script)),
          backend(options_for(server.url(), model, tries, delivery), clock) {
        request.messages = {{Role::System, "You write RTL."}, {Role::User, "A \"gate\"."}};
    }

    static AnthropicOptions options_for(const std::string& url, const std::string& model, int tries,
                                        Delivery delivery) {
        AnthropicOptions options;
        options.model = model;
        options.endpoint = parse_endpoint(url).value();
        options.key = config::Secret(kCanary);
        options.delivery = delivery;
        options.retry.max_tries = tries;
        return options;
    }
    Result<Completion> ask(std::stop_token stop = {}) {
        return backend.complete(request, std::move(stop));
    }
    /// The body of the request `number`, from 0.
    [[nodiscard]] nlohmann::json body(std::size_t number = 0) const {
        const std::string asked = server.requests().at(number);
        return nlohmann::json::parse(asked.substr(asked.find("\r\n\r\n") + 4));
    }
};

using Answers = std::vector<std::string>;

}  // namespace

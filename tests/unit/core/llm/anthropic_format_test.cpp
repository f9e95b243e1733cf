// SPDX-License-Identifier: Apache-2.0
#include "core/llm/anthropic_format.h"

#include <nlohmann/json.hpp>

#include "tests/catch.h"

using namespace rtlgen;
using namespace rtlgen::llm;
using nlohmann::json;

namespace {

struct Asked {
    json body;
    std::vector<std::string> left_out;
    std::string parameters;
};

CompletionRequest request_with(const Sampling& sampling) {
    CompletionRequest request;
    request.messages = {{Role::System, "Be brief."},
                        {Role::User, "u"},
                        {Role::Assistant, "a"},
                        {Role::System, "Be right."},
                        {Role::User, "w"}};
    request.sampling = sampling;
    return request;
}

Asked ask(const std::string& model, const Sampling& sampling,
          const std::string& version = "2023-06-01") {
    AnthropicFormat format;
    format.model = anthropic_model(model);
    format.version = version;
    const AnthropicBody body = anthropic_body(format, model, request_with(sampling)).value();
    Asked asked{json::parse(body.json), {}, body.parameters};
    for (const LeftOut& left : body.left_out) asked.left_out.push_back(left.name);
    return asked;
}

Sampling sampled() {
    Sampling sampling;
    sampling.temperature = 0.5;
    sampling.top_p = 0.9;
    sampling.top_k = 40;
    return sampling;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("a model's generation is read from its name, however it is dressed") {
    const auto [name, thinking, sampling] = GENERATE(table<std::string, Thinking, SamplingUse>({
        {"claude-3-opus-20240229", Thinking::None, SamplingUse::All},
        {"claude-3-5-haiku-latest", Thinking::None, SamplingUse::All},
        {"claude-3-7-sonnet-20250219", Thinking::Budget, SamplingUse::All},
        {"claude-sonnet-4-20250514", Thinking::Budget, SamplingUse::All},
        {"claude-opus-4-1-20250805", Thinking::Budget, SamplingUse::TemperatureOrTopP},
        {"us.anthropic.claude-sonnet-4-5-20250929-v1:0", Thinking::Budget,
         SamplingUse::TemperatureOrTopP},
        {"anthropic/claude-sonnet-4.5", Thinking::Budget, SamplingUse::TemperatureOrTopP},
        {"claude-haiku-4-5@20251001", Thinking::Budget, SamplingUse::TemperatureOrTopP},
        {"claude-opus-4-6", Thinking::Adaptive, SamplingUse::TemperatureOrTopP},
        {"claude-opus-4-7", Thinking::Adaptive, SamplingUse::None},
        {"claude-sonnet-5", Thinking::Adaptive, SamplingUse::None},
        {"claude-opus-5-5", Thinking::Adaptive, SamplingUse::None},
        {"claude-newest", Thinking::Adaptive, SamplingUse::None},
        {"glm-4.6", Thinking::Budget, SamplingUse::All},
    }));
    CAPTURE(name);
    CHECK(anthropic_model(name).thinking == thinking);
    CHECK(anthropic_model(name).sampling == sampling);
}

TEST_CASE("system messages stand apart, and max_tokens is always there") {
    const Asked asked = ask("claude-3-opus-20240229", {});
    CHECK(asked.body == json::parse(R"({"model":"claude-3-opus-20240229","max_tokens":4096,
        "stream":true,"system":"Be brief.\n\nBe right.","messages":[
        {"role":"user","content":"u"},{"role":"assistant","content":"a"},
        {"role":"user","content":"w"}]})"));
    CHECK(json::parse(asked.parameters) ==
          json::parse(R"({"model":"claude-3-opus-20240229","max_tokens":4096,"stream":true})"));
    Sampling sampling;
    sampling.max_tokens = 77;
    CHECK(ask("claude-opus-5", sampling).body["max_tokens"] == 77);
}

TEST_CASE("older models take all sampling parameters, newer ones one of two, the newest none") {
    const Asked old = ask("claude-3-5-haiku-latest", sampled());
    CHECK(old.body["temperature"] == 0.5);
    CHECK(old.body["top_p"] == 0.9);
    CHECK(old.body["top_k"] == 40);
    CHECK(old.left_out.empty());
    const Asked either = ask("claude-sonnet-4-5", sampled());
    CHECK(either.body["temperature"] == 0.5);
    CHECK_FALSE(either.body.contains("top_p"));
    CHECK(either.left_out == Names{"top_p"});
    Sampling top_p_alone;
    top_p_alone.top_p = 0.9;
    CHECK(ask("claude-sonnet-4-5", top_p_alone).body["top_p"] == 0.9);
    const Asked newest = ask("claude-opus-4-8", sampled());
    for (const char* name : {"temperature", "top_p", "top_k"})
        CHECK_FALSE(newest.body.contains(name));
    CHECK(newest.left_out == Names{"temperature", "top_p", "top_k"});
    CHECK(json::parse(newest.parameters)["left_out"]["top_k"] == "this model takes none");
}

TEST_CASE("the API's version of 2026-10-21 takes no sampling parameters from any model") {
    const Asked asked = ask("claude-3-5-haiku-latest", sampled(), "2026-10-21");
    CHECK_FALSE(asked.body.contains("temperature"));
    CHECK(json::parse(asked.parameters)["left_out"]["temperature"] ==
          "version 2026-10-21 of the API takes none");
}

TEST_CASE("a temperature beyond 1 is sent as 1, and said") {
    Sampling sampling;
    sampling.temperature = 1.2;
    const Asked asked = ask("claude-sonnet-4-5", sampling);
    CHECK(asked.body["temperature"] == 1.0);
    CHECK(asked.left_out == Names{"temperature"});
}

TEST_CASE("reasoning effort is a budget, adaptive thinking, or left out, by the model") {
    Sampling sampling = sampled();
    sampling.reasoning_effort = "medium";
    const Asked budget = ask("claude-sonnet-4-5", sampling);
    CHECK(budget.body["thinking"] == json::parse(R"({"type":"enabled","budget_tokens":8192})"));
    CHECK_FALSE(budget.body.contains("temperature"));  // refused with thinking
    CHECK(budget.left_out == Names{"temperature", "top_p", "top_k"});
    const Asked adaptive = ask("claude-opus-4-7", sampling);
    CHECK(adaptive.body["thinking"] ==
          json::parse(R"({"type":"adaptive","display":"summarized"})"));
    CHECK(adaptive.body["output_config"] == json::parse(R"({"effort":"medium"})"));
    CHECK(ask("claude-3-5-haiku-latest", sampling).left_out == Names{"reasoning_effort"});
    sampling.max_tokens = 5000;
    CHECK(ask("claude-sonnet-4-5", sampling).body["thinking"]["budget_tokens"] == 2500);
    sampling.max_tokens = 1500;
    const Asked tight = ask("claude-sonnet-4-5", sampling);
    CHECK_FALSE(tight.body.contains("thinking"));
    CHECK(tight.body["temperature"] == 0.5);
    sampling.reasoning_effort = "none";
    CHECK_FALSE(ask("claude-sonnet-4-5", sampling).body.contains("thinking"));
    CHECK(ask("claude-opus-5", sampling).body["thinking"] == json::parse(R"({"type":"disabled"})"));
}

TEST_CASE("what the API has no word for is left out, and said") {
    Sampling sampling;
    sampling.seed = 5;
    sampling.logprobs = 0;
    sampling.response_format = "{}";
    sampling.stop = {"endmodule", "\n"};
    const Asked asked = ask("claude-sonnet-4-5", sampling);
    CHECK(asked.body["stop_sequences"] == json::parse(R"(["endmodule"])"));
    CHECK(asked.left_out == Names{"stop", "seed", "logprobs", "response_format"});
    for (const char* name : {"seed", "logprobs", "response_format", "stop"})
        CHECK_FALSE(asked.body.contains(name));
}

TEST_CASE("an extra body wins, and must be an object") {
    Sampling sampling;
    sampling.extra_body = R"({"max_tokens":5,"stream":null,"metadata":{"user_id":"u"}})";
    const Asked asked = ask("claude-sonnet-4-5", sampling);
    CHECK(asked.body["max_tokens"] == 5);
    CHECK_FALSE(asked.body.contains("stream"));
    CHECK(asked.body["metadata"]["user_id"] == "u");
    sampling.extra_body = "[]";
    CHECK(anthropic_body({}, "m", request_with(sampling)).error().code ==
          ErrorCode::InvalidArgument);
}

TEST_CASE("what a refusal names is left out, one at a time, and never twice") {
    AnthropicFormat format;
    Sampling sampling = sampled();
    sampling.stop = {"x"};
    const auto body = [&] {
        return anthropic_body(format, "m", request_with(sampling)).value().json;
    };
    const std::string both = "`temperature` and `top_p` cannot both be specified for this model.";
    CHECK(learn_refusal(format, body(), both));
    CHECK(json::parse(body()).contains("temperature"));
    CHECK_FALSE(json::parse(body()).contains("top_p"));
    CHECK(learn_refusal(format, body(), "temperature is deprecated for this model."));
    CHECK_FALSE(json::parse(body()).contains("temperature"));
    CHECK_FALSE(learn_refusal(format, body(), "temperature is deprecated for this model."));
    CHECK_FALSE(learn_refusal(format, body(), "max_tokens: must be at least 1"));
    CHECK(learn_refusal(format, body(), "stop_sequences: too many"));
    CHECK_FALSE(json::parse(body()).contains("stop_sequences"));
}

TEST_CASE("thinking in the wrong way is asked for in the other one, and then not at all") {
    AnthropicFormat format;
    Sampling sampling;
    sampling.reasoning_effort = "high";
    const auto thinking = [&] {
        const auto body =
            json::parse(anthropic_body(format, "m", request_with(sampling)).value().json);
        return body.contains("thinking") ? body["thinking"]["type"].get<std::string>() : "";
    };
    const auto refuse = [&](const std::string& message) {
        const std::string body = anthropic_body(format, "m", request_with(sampling)).value().json;
        return learn_refusal(format, body, message);
    };
    const std::string enabled =
        "\"thinking.type.enabled\" is not supported for this model. Use \"thinking.type.adaptive\" "
        "and \"output_config.effort\" to control thinking behavior.";
    CHECK(thinking() == "enabled");
    CHECK(refuse(enabled));
    CHECK(thinking() == "adaptive");
    CHECK(refuse("output_config.effort: not supported"));
    CHECK(refuse("adaptive thinking is not supported on this model"));
    CHECK(thinking().empty());
    CHECK_FALSE(refuse(enabled));
}

// SPDX-License-Identifier: Apache-2.0
#include "core/llm/openai_format.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/base/text.h"
#include "core/llm/json_fields.h"
#include "core/llm/json_objects.h"
#include "core/llm/openai_choices.h"

namespace rtlgen::llm {
namespace {

using nlohmann::ordered_json;

template <class T>
void put(ordered_json& body, const char* key, const std::optional<T>& value) {
    if (value) body[key] = *value;
}

void put_logprobs(ordered_json& body, OpenAiApi api, std::int64_t alternatives) {
    if (api == OpenAiApi::Completions) {
        body["logprobs"] = alternatives;
        return;
    }
    body["logprobs"] = true;
    if (alternatives > 0) body["top_logprobs"] = alternatives;
}

/// All that isn't the prompt.
Result<ordered_json> parameters_of(const OpenAiFormat& format, const std::string& model,
                                   const CompletionRequest& request, int choices) {
    ordered_json body = {{"model", to_valid_utf8(model)}};
    const Sampling& sampling = request.sampling;
    put(body, "temperature", sampling.temperature);
    put(body, "top_p", sampling.top_p);
    put(body, "top_k", sampling.top_k);
    put(body, format.length_key == LengthKey::MaxTokens ? "max_tokens" : "max_completion_tokens",
        sampling.max_tokens);
    if (sampling.seed) body["seed"] = *sampling.seed + request.sample - 1;
    if (!sampling.stop.empty()) {
        for (const std::string& stop : sampling.stop) body["stop"].push_back(to_valid_utf8(stop));
    }
    if (sampling.logprobs) put_logprobs(body, format.api, *sampling.logprobs);
    if (!sampling.reasoning_effort.empty()) {
        body["reasoning_effort"] = to_valid_utf8(sampling.reasoning_effort);
    }
    if (!sampling.response_format.empty()) {
        TRY_ASSIGN(body["response_format"],
                   object_of("the response format", sampling.response_format));
    }
    if (choices > 1) body["n"] = choices;
    body["stream"] = format.delivery == Delivery::Stream;
    if (format.delivery == Delivery::Stream) body["stream_options"] = {{"include_usage", true}};
    TRY(join_extra_body(body, sampling.extra_body));
    if (body.value("stream", ordered_json()) != true) body.erase("stream_options");
    return body;
}

}  // namespace

Result<OpenAiBody> openai_body(const OpenAiFormat& format, const std::string& model,
                               const CompletionRequest& request, int choices) {
    TRY_ASSIGN(ordered_json body, parameters_of(format, model, request, choices));
    OpenAiBody made;
    made.parameters = body.dump();
    if (format.api == OpenAiApi::Completions) {
        body["prompt"] = to_valid_utf8(as_plain_prompt(request.messages));
    } else {
        ordered_json messages = ordered_json::array();
        for (const Message& message : request.messages) {
            messages.push_back(
                {{"role", to_string(message.role)}, {"content", to_valid_utf8(message.text)}});
        }
        body["messages"] = std::move(messages);
    }
    made.json = body.dump();
    return made;
}

std::optional<std::int64_t> answer_limit_in(const std::string& parameters) {
    const ordered_json body = ordered_json::parse(parameters, nullptr, false);
    std::optional<std::int64_t> limit;
    for (const char* key : {"max_tokens", "max_completion_tokens"}) {
        const auto tokens = count_at(body, key);
        if (tokens) limit = std::max(limit.value_or(0), *tokens);
    }
    std::int64_t answers = 1;
    for (const char* key : {"n", "best_of"})
        answers = std::max(answers, count_at(body, key).value_or(1));
    constexpr std::int64_t kMost = 1'000'000'000;
    if (!limit || *limit > kMost || answers > kMost) return std::nullopt;
    return *limit * answers;
}

Result<std::vector<Completion>> parse_openai_response(const std::string& body) {
    OpenAiChoices choices;
    TRY(choices.take(body));
    return choices.completions();
}

std::vector<std::string> parse_models(const std::string& body) {
    const ordered_json json = ordered_json::parse(body, nullptr, false);
    std::vector<std::string> ids;
    if (!json.is_object()) return ids;
    const auto data = json.find("data");
    if (data == json.end() || !data->is_array()) return ids;
    for (const ordered_json& model : *data) {
        if (!model.is_object()) continue;
        const auto id = model.find("id");
        if (id != model.end() && id->is_string() && !id->get_ref<const std::string&>().empty()) {
            ids.push_back(id->get<std::string>());
        }
    }
    return ids;
}

}  // namespace rtlgen::llm

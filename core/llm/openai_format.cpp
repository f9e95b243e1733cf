// SPDX-License-Identifier: Apache-2.0
#include "core/llm/openai_format.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "core/base/text.h"
#include "core/llm/http_error.h"

namespace rtlgen::llm {
namespace {

using nlohmann::ordered_json;

std::string string_at(const ordered_json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

std::optional<std::int64_t> count_at(const ordered_json& object, const char* key) {
    const auto found = object.find(key);
    if (found == object.end() || !found->is_number_integer()) return std::nullopt;
    return found->get<std::int64_t>();
}

/// The text of `content`: a string, or a list of parts of which those of type text count.
std::string content_text(const ordered_json& message) {
    const auto content = message.find("content");
    if (content == message.end()) return "";
    if (content->is_string()) return content->get<std::string>();
    std::string text;
    if (!content->is_array()) return text;
    for (const ordered_json& part : *content) {
        if (part.is_object()) text += string_at(part, "text");
    }
    return text;
}

}  // namespace

ChatBody chat_body(const std::string& model, const CompletionRequest& request) {
    ordered_json body = {{"model", to_valid_utf8(model)}};
    const Sampling& sampling = request.sampling;
    if (sampling.temperature) body["temperature"] = *sampling.temperature;
    if (sampling.top_p) body["top_p"] = *sampling.top_p;
    if (sampling.max_tokens) body["max_tokens"] = *sampling.max_tokens;
    if (sampling.seed) body["seed"] = *sampling.seed + request.sample - 1;
    if (!sampling.stop.empty()) body["stop"] = sampling.stop;
    body["stream"] = false;
    ChatBody made;
    made.parameters = body.dump();
    ordered_json messages = ordered_json::array();
    for (const Message& message : request.messages) {
        messages.push_back(
            {{"role", to_string(message.role)}, {"content", to_valid_utf8(message.text)}});
    }
    body["messages"] = std::move(messages);
    made.json = body.dump();
    return made;
}

Result<Completion> parse_chat_response(const std::string& body) {
    const ordered_json json = ordered_json::parse(body, nullptr, false);
    if (!json.is_object()) {
        return fail(ErrorCode::Model,
                    "answered with something that is no JSON object; is the URL that of an "
                    "OpenAI-compatible server?");
    }
    if (const auto error = json.find("error"); error != json.end() && !error->is_null()) {
        return fail(ErrorCode::Model, "answered with an error: " + error_message(body));
    }
    const auto choices = json.find("choices");
    if (choices == json.end() || !choices->is_array() || choices->empty() ||
        !choices->front().is_object() || !choices->front().contains("message") ||
        !choices->front()["message"].is_object()) {
        return fail(ErrorCode::Model, "answered without a choice; is this a chat model?");
    }
    const ordered_json& choice = choices->front();
    const ordered_json& message = choice["message"];
    Completion completion;
    completion.text = content_text(message);
    completion.reasoning = string_at(message, "reasoning_content");
    if (completion.reasoning.empty()) completion.reasoning = string_at(message, "reasoning");
    completion.finish_reason = finish_reason_from(string_at(choice, "finish_reason"));
    if (const std::string refusal = string_at(message, "refusal"); !refusal.empty()) {
        completion.finish_reason = FinishReason::Refused;
        if (completion.text.empty()) completion.text = refusal;
    }
    completion.model = string_at(json, "model");
    if (const auto usage = json.find("usage"); usage != json.end() && usage->is_object()) {
        completion.usage = {count_at(*usage, "prompt_tokens"),
                            count_at(*usage, "completion_tokens")};
    }
    split_reasoning(completion);
    return completion;
}

std::vector<std::string> parse_models(const std::string& body) {
    const ordered_json json = ordered_json::parse(body, nullptr, false);
    std::vector<std::string> ids;
    if (!json.is_object()) return ids;
    const auto data = json.find("data");
    if (data == json.end() || !data->is_array()) return ids;
    for (const ordered_json& model : *data) {
        if (!model.is_object()) continue;
        if (std::string id = string_at(model, "id"); !id.empty()) ids.push_back(std::move(id));
    }
    return ids;
}

}  // namespace rtlgen::llm

// SPDX-License-Identifier: Apache-2.0
#include "core/llm/backend.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "core/base/hash.h"
#include "core/base/text.h"

namespace rtlgen::llm {
namespace {

using nlohmann::ordered_json;

template <class T>
void put(ordered_json& object, const char* key, const std::optional<T>& value) {
    if (value) object[key] = *value;
}

template <class T>
void take(const ordered_json& object, const char* key, std::optional<T>& value) {
    if (const auto found = object.find(key); found != object.end()) value = found->get<T>();
}

void put_text(ordered_json& object, const char* key, const std::string& text) {
    if (!text.empty()) object[key] = to_valid_utf8(text);
}

std::string optional_text(const std::optional<double>& value) {
    return value ? fmt::format("{}", *value) : "";
}

std::string optional_text(const std::optional<std::int64_t>& value) {
    return value ? fmt::format("{}", *value) : "";
}

}  // namespace

std::string_view to_string(Role role) {
    switch (role) {
        case Role::System: return "system";
        case Role::User: return "user";
        case Role::Assistant: return "assistant";
    }
    return "user";
}

std::string_view to_string(FinishReason reason) {
    switch (reason) {
        case FinishReason::Stop: return "stop";
        case FinishReason::Length: return "length";
        case FinishReason::Refused: return "refused";
        case FinishReason::Unknown: return "unknown";
    }
    return "unknown";
}

FinishReason finish_reason_from(std::string_view text) {
    const std::string name = to_lower(text);
    if (name == "stop" || name == "end_turn" || name == "stop_sequence" || name == "eos") {
        return FinishReason::Stop;
    }
    if (name == "length" || name == "max_tokens" || name == "max_output_tokens" ||
        name == "model_context_window_exceeded") {
        return FinishReason::Length;
    }
    if (name == "content_filter" || name == "refusal" || name == "refused" || name == "safety") {
        return FinishReason::Refused;
    }
    return FinishReason::Unknown;
}

std::string sampling_to_json(const Sampling& sampling) {
    ordered_json object = ordered_json::object();
    put(object, "temperature", sampling.temperature);
    put(object, "top_p", sampling.top_p);
    put(object, "top_k", sampling.top_k);
    put(object, "max_tokens", sampling.max_tokens);
    put(object, "seed", sampling.seed);
    if (!sampling.stop.empty()) object["stop"] = sampling.stop;
    put(object, "logprobs", sampling.logprobs);
    put_text(object, "reasoning_effort", sampling.reasoning_effort);
    put_text(object, "response_format", sampling.response_format);
    put_text(object, "extra_body", sampling.extra_body);
    return object.dump();
}

Sampling sampling_from_json(const std::string& text) {
    const ordered_json object = ordered_json::parse(text);
    Sampling sampling;
    take(object, "temperature", sampling.temperature);
    take(object, "top_p", sampling.top_p);
    take(object, "top_k", sampling.top_k);
    take(object, "max_tokens", sampling.max_tokens);
    take(object, "seed", sampling.seed);
    if (const auto stop = object.find("stop"); stop != object.end()) stop->get_to(sampling.stop);
    take(object, "logprobs", sampling.logprobs);
    sampling.reasoning_effort = object.value("reasoning_effort", "");
    sampling.response_format = object.value("response_format", "");
    sampling.extra_body = object.value("extra_body", "");
    return sampling;
}

std::string request_hash(const CompletionRequest& request) {
    FieldHasher hasher;
    hasher.add("rtlgen.request.v1");
    for (const Message& message : request.messages) {
        hasher.add(to_string(message.role)).add(message.text);
    }
    const Sampling& sampling = request.sampling;
    hasher.add("sampling")
        .add(optional_text(sampling.temperature))
        .add(optional_text(sampling.top_p))
        .add(optional_text(sampling.max_tokens))
        .add(optional_text(sampling.seed));
    for (const std::string& stop : sampling.stop) hasher.add(stop);
    // What came later is hashed where it is set alone: older recordings keep their keys.
    const auto add_later = [&hasher](std::string_view name, const std::string& value) {
        if (!value.empty()) hasher.add("\x01" + std::string(name)).add(value);
    };
    add_later("top_k", optional_text(sampling.top_k));
    add_later("logprobs", optional_text(sampling.logprobs));
    add_later("reasoning_effort", sampling.reasoning_effort);
    add_later("response_format", sampling.response_format);
    add_later("extra_body", sampling.extra_body);
    return hasher.finish();
}

std::string as_plain_prompt(const std::vector<Message>& messages) {
    std::vector<std::string> texts;
    texts.reserve(messages.size());
    for (const Message& message : messages) texts.emplace_back(trim(message.text));
    return join(texts, "\n\n") + "\n";
}

void split_reasoning(Completion& completion) {
    constexpr std::string_view kOpen = "<think>";
    constexpr std::string_view kClose = "</think>";
    const std::size_t begin = completion.text.find_first_not_of(" \t\r\n");
    const bool opens = begin != std::string::npos &&
                       std::string_view(completion.text).substr(begin).starts_with(kOpen);
    const std::size_t close = completion.text.find(kClose);
    // Some chat templates put the opening tag into the prompt, so that only the end is answered.
    const bool closes_alone =
        !opens && close != std::string::npos && completion.text.find(kOpen) == std::string::npos;
    if (!opens && !closes_alone) return;
    const std::size_t from = opens ? begin + kOpen.size() : 0;
    const bool ends = close != std::string::npos;
    if (!completion.reasoning.empty()) completion.reasoning += "\n";
    completion.reasoning += completion.text.substr(from, ends ? close - from : std::string::npos);
    completion.text = ends ? completion.text.substr(close + kClose.size()) : "";
}

}  // namespace rtlgen::llm

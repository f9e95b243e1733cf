// SPDX-License-Identifier: Apache-2.0
#include "core/store/attempt_json.h"

#include <nlohmann/json.hpp>

#include "core/base/text.h"
#include "core/store/attempt.h"

#include <fmt/format.h>

namespace rtlgen::store {
namespace {

using nlohmann::ordered_json;

template <class T>
void put(ordered_json& object, const char* key, const std::optional<T>& value) {
    if (value) object[key] = *value;
}

template <class T>
std::optional<T> take(const ordered_json& object, const char* key) {
    const auto found = object.find(key);
    if (found == object.end()) return std::nullopt;
    return found->get<T>();
}

llm::Role role_from(const std::string& name) {
    if (name == "system") return llm::Role::System;
    return name == "assistant" ? llm::Role::Assistant : llm::Role::User;
}

}  // namespace

std::string_view to_string(AttemptState state) {
    switch (state) {
        case AttemptState::Asked: return "asked";
        case AttemptState::Answered: return "answered";
        case AttemptState::Judged: return "judged";
        case AttemptState::Failed: return "failed";
    }
    return "failed";
}

std::string Attempt::folder_name() const { return fmt::format("s{:02}.t{}", sample, turn); }

std::string prompt_to_json(const std::vector<llm::Message>& prompt) {
    ordered_json list = ordered_json::array();
    for (const llm::Message& message : prompt) {
        list.push_back(
            {{"role", to_string(message.role)}, {"content", to_valid_utf8(message.text)}});
    }
    return list.dump();
}

std::vector<llm::Message> prompt_from_json(const std::string& text) {
    std::vector<llm::Message> prompt;
    for (const ordered_json& message : ordered_json::parse(text)) {
        prompt.push_back({role_from(message.at("role")), message.at("content")});
    }
    return prompt;
}

std::string sampling_to_json(const llm::Sampling& sampling) {
    ordered_json object = ordered_json::object();
    put(object, "temperature", sampling.temperature);
    put(object, "top_p", sampling.top_p);
    put(object, "max_tokens", sampling.max_tokens);
    put(object, "seed", sampling.seed);
    if (!sampling.stop.empty()) object["stop"] = sampling.stop;
    return object.dump();
}

llm::Sampling sampling_from_json(const std::string& text) {
    const ordered_json object = ordered_json::parse(text);
    llm::Sampling sampling;
    sampling.temperature = take<double>(object, "temperature");
    sampling.top_p = take<double>(object, "top_p");
    sampling.max_tokens = take<std::int64_t>(object, "max_tokens");
    sampling.seed = take<std::int64_t>(object, "seed");
    sampling.stop =
        take<std::vector<std::string>>(object, "stop").value_or(std::vector<std::string>{});
    return sampling;
}

}  // namespace rtlgen::store

// SPDX-License-Identifier: Apache-2.0
#include "core/store/attempt_json.h"

#include <nlohmann/json.hpp>

#include "core/base/text.h"
#include "core/store/attempt.h"

#include <fmt/format.h>

namespace rtlgen::store {
namespace {

using nlohmann::ordered_json;

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

}  // namespace rtlgen::store

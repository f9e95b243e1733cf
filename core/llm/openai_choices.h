// SPDX-License-Identifier: Apache-2.0
// The JSON that a whole response and an event of a stream have in common: choices by index, usage,
// an error object.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/llm/backend.h"

namespace rtlgen::llm {

/// Gathers the choices of one response out of its JSON objects: one, or many of a stream.
class OpenAiChoices {
public:
    /// Error Model: no JSON object, or an error object; Network: an error that may pass.
    Status take(std::string_view json_text);

    [[nodiscard]] bool empty() const { return choices_.empty(); }
    /// Whether each of `count` choices has said why it ends.
    [[nodiscard]] bool all_finished(int count) const;
    /// As parse_openai_response gives them. Error Model: there is no choice.
    [[nodiscard]] Result<std::vector<Completion>> completions() const;

private:
    struct Choice {
        std::string text;
        std::string reasoning;
        std::string refusal;
        std::string finish_reason;
        nlohmann::ordered_json logprobs;
    };
    Status take_choice(const nlohmann::ordered_json& json);
    static void join_logprobs(const nlohmann::ordered_json& from, nlohmann::ordered_json& to);

    std::map<std::int64_t, Choice> choices_;
    std::string model_;
    Usage usage_;
};

}  // namespace rtlgen::llm

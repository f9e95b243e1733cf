// SPDX-License-Identifier: Apache-2.0
#include "core/llm/openai_choices.h"

#include <algorithm>
#include <array>

#include "core/llm/bounded_json.h"
#include "core/llm/http_error.h"
#include "core/llm/json_fields.h"

namespace rtlgen::llm {
namespace {

using nlohmann::ordered_json;

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

Status OpenAiChoices::take(std::string_view json_text) {
    const ordered_json json = parse_bounded(json_text);
    if (!json.is_object()) {
        return fail(ErrorCode::Model,
                    "answered with something that is no JSON object; is the URL that of an "
                    "OpenAI-compatible server?");
    }
    if (auto error = error_in_answer(json)) return tl::unexpected<Error>(*std::move(error));
    if (model_.empty()) model_ = string_at(json, "model");
    if (const auto usage = json.find("usage"); usage != json.end() && usage->is_object()) {
        usage_ = {count_at(*usage, "prompt_tokens"), count_at(*usage, "completion_tokens")};
    }
    const auto choices = json.find("choices");
    if (choices == json.end() || !choices->is_array()) return {};
    for (const ordered_json& choice : *choices) TRY(take_choice(choice));
    return {};
}

Status OpenAiChoices::take_choice(const ordered_json& json) {
    constexpr std::size_t kMostChoices = 4096;
    if (!json.is_object()) return {};
    const std::string reason = string_at(json, "finish_reason");
    if (reason == "error") return fail(ErrorCode::Network, "the answer ended in a server's error");
    const std::int64_t index = count_at(json, "index").value_or(0);
    static constexpr std::array kKeys{"message", "delta", "text"};
    const bool has_message = std::ranges::any_of(kKeys, [&json](const char* key) {
        const auto found = json.find(key);
        return found != json.end() && (found->is_object() || found->is_string());
    });
    if ((!has_message && reason.empty()) || choices_.size() >= kMostChoices) return {};
    Choice& choice = choices_[index];
    if (!reason.empty()) choice.finish_reason = reason;
    choice.text += string_at(json, "text");
    for (const char* key : {"message", "delta"}) {
        const auto part = json.find(key);
        if (part == json.end() || !part->is_object()) continue;
        choice.text += content_text(*part);
        const std::string reasoning = string_at(*part, "reasoning_content");
        choice.reasoning += reasoning.empty() ? string_at(*part, "reasoning") : reasoning;
        choice.refusal += string_at(*part, "refusal");
    }
    if (const auto logprobs = json.find("logprobs"); logprobs != json.end()) {
        join_logprobs(*logprobs, choice.logprobs);
    }
    return {};
}

void OpenAiChoices::join_logprobs(const ordered_json& from, ordered_json& to) {
    if (!from.is_object()) return;
    for (const auto& [key, value] : from.items()) {
        if (!value.is_array()) continue;
        ordered_json& joined = to[key];
        for (const ordered_json& token : value) joined.push_back(token);
    }
}

bool OpenAiChoices::all_finished(int count) const {
    return choices_.size() >= static_cast<std::size_t>(count) &&
           std::ranges::all_of(
               choices_, [](const auto& entry) { return !entry.second.finish_reason.empty(); });
}

Result<std::vector<Completion>> OpenAiChoices::completions() const {
    if (choices_.empty()) {
        return fail(ErrorCode::Model,
                    "answered without a choice; is this a model for this kind of request?");
    }
    std::vector<Completion> completions;
    const auto count = static_cast<std::int64_t>(choices_.size());
    for (const auto& [index, choice] : choices_) {
        const bool first = completions.empty();
        Completion& made = completions.emplace_back();
        made.text = choice.text;
        made.reasoning = choice.reasoning;
        made.finish_reason = finish_reason_from(choice.finish_reason);
        if (!choice.refusal.empty()) {
            made.finish_reason = FinishReason::Refused;
            if (made.text.empty()) made.text = choice.refusal;
        }
        made.model = model_;
        made.usage = usage_;
        if (count > 1 && usage_.prompt_tokens && !first) made.usage.prompt_tokens = 0;
        if (const auto all = usage_.completion_tokens) {
            made.usage.completion_tokens = *all / count + (first ? *all % count : 0);
        }
        if (!choice.logprobs.is_null()) made.logprobs = choice.logprobs.dump();
        split_reasoning(made);
    }
    return completions;
}

}  // namespace rtlgen::llm

// SPDX-License-Identifier: Apache-2.0
#include "core/llm/anthropic_message.h"

#include "core/llm/bounded_json.h"
#include "core/llm/http_error.h"
#include "core/llm/json_fields.h"

namespace rtlgen::llm {
namespace {

using nlohmann::ordered_json;

/// The member, or an empty object where it is none.
const ordered_json& object_at(const ordered_json& object, const char* key) {
    static const ordered_json kEmpty = ordered_json::object();
    const auto found = object.find(key);
    return found != object.end() && found->is_object() ? *found : kEmpty;
}

}  // namespace

Status AnthropicMessage::take(std::string_view json_text) {
    const ordered_json json = parse_bounded(json_text);
    if (!json.is_object()) {
        return fail(ErrorCode::Model,
                    "answered with something that is no JSON object; is the URL that of a server "
                    "with Anthropic's Messages API?");
    }
    if (auto error = error_in_answer(json)) return tl::unexpected<Error>(*std::move(error));
    const std::string type = string_at(json, "type");
    const std::int64_t index = count_at(json, "index").value_or(0);
    if (type == "message") {
        TRY(take_message(json));
        ended_ = true;
    } else if (type == "message_start") {
        TRY(take_message(object_at(json, "message")));
    } else if (type == "content_block_start") {
        TRY(take_block(index, object_at(json, "content_block")));
    } else if (type == "content_block_delta") {
        TRY(take_block(index, object_at(json, "delta")));
    } else if (type == "message_delta") {
        take_end(object_at(json, "delta"));
        take_usage(json);
    } else if (type == "message_stop") {
        ended_ = true;
    }
    return {};
}

Status AnthropicMessage::take_message(const ordered_json& message) {
    model_ = string_at(message, "model");
    take_usage(message);
    take_end(message);
    const auto content = message.find("content");
    if (content == message.end() || !content->is_array()) return {};
    std::int64_t index = 0;
    for (const ordered_json& block : *content) {
        if (block.is_object()) TRY(take_block(index, block));
        ++index;
    }
    return {};
}

Status AnthropicMessage::take_block(std::int64_t index, const ordered_json& block) {
    constexpr std::size_t kMostBlocks = 4096;
    if (blocks_.size() >= kMostBlocks) return fail(ErrorCode::Model, "answered in too many parts");
    const std::string type = string_at(block, "type");
    if (type == "text" || type == "text_delta") {
        blocks_[index].text += string_at(block, "text");
    } else if (type == "thinking" || type == "thinking_delta") {
        blocks_[index].thinking += string_at(block, "thinking");
    }
    return {};
}

void AnthropicMessage::take_end(const ordered_json& end) {
    const std::string reason = string_at(end, "stop_reason");
    if (!reason.empty()) stop_reason_ = reason;
    const std::string why = string_at(object_at(end, "stop_details"), "explanation");
    if (!why.empty()) explanation_ = why;
}

void AnthropicMessage::take_usage(const ordered_json& holder) {
    const ordered_json& usage = object_at(holder, "usage");
    if (const auto input = count_at(usage, "input_tokens")) {
        usage_.prompt_tokens = *input + count_at(usage, "cache_creation_input_tokens").value_or(0) +
                               count_at(usage, "cache_read_input_tokens").value_or(0);
    }
    if (const auto output = count_at(usage, "output_tokens")) usage_.completion_tokens = output;
}

Result<Completion> AnthropicMessage::completion() const {
    if (!ended_) {
        return fail(ErrorCode::Model,
                    "answered without a message; is the URL that of a server with Anthropic's "
                    "Messages API?");
    }
    Completion made;
    for (const auto& [index, block] : blocks_) {
        made.text += block.text;
        if (block.thinking.empty()) continue;
        made.reasoning += (made.reasoning.empty() ? "" : "\n") + block.thinking;
    }
    made.finish_reason = finish_reason_from(stop_reason_);
    if (made.finish_reason == FinishReason::Refused && made.text.empty()) made.text = explanation_;
    made.model = model_;
    made.usage = usage_;
    split_reasoning(made);
    return made;
}

Result<Completion> parse_anthropic_response(const std::string& body) {
    AnthropicMessage message;
    TRY(message.take(body));
    return message.completion();
}

}  // namespace rtlgen::llm

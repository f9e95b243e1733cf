// SPDX-License-Identifier: Apache-2.0
// The JSON of Anthropic's answers: a whole message, or the events of a stream that make one.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/llm/backend.h"

namespace rtlgen::llm {

/// Gathers one message.
class AnthropicMessage {
public:
    /// A whole message, or an event of a stream; of unknown types nothing is taken.
    /// Error Model: no JSON object, or an error object; Network: an error that may pass.
    Status take(std::string_view json_text);

    /// Whether the stream's own end came, or the message was whole.
    [[nodiscard]] bool ended() const { return ended_; }
    /// Thinking apart. Tokens of the prompt count whether they were read from a cache or not.
    /// Error Model: it hasn't ended.
    [[nodiscard]] Result<Completion> completion() const;

private:
    struct Block {
        std::string text;
        std::string thinking;
    };
    Status take_message(const nlohmann::ordered_json& message);
    Status take_block(std::int64_t index, const nlohmann::ordered_json& block);
    void take_end(const nlohmann::ordered_json& end);
    void take_usage(const nlohmann::ordered_json& holder);

    std::map<std::int64_t, Block> blocks_;
    std::string model_;
    std::string stop_reason_;
    std::string explanation_;  ///< of a refusal
    Usage usage_;
    bool ended_ = false;
};

/// The Completion in a whole response; invalid UTF-8 is replaced.
/// Error Model: no JSON, an error object, no message; Network: an error that may pass.
Result<Completion> parse_anthropic_response(const std::string& body);

}  // namespace rtlgen::llm

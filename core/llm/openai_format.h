// SPDX-License-Identifier: Apache-2.0
// Requests and whole responses of OpenAI's chat completions and completions, as their many
// imitators speak them too.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/llm/backend.h"

namespace rtlgen::llm {

/// Completions is for base models, which know no roles: their prompt is plain text.
enum class OpenAiApi { Chat, Completions };
enum class Delivery { Stream, Whole };
/// Newer models of OpenAI refuse `max_tokens`.
enum class LengthKey { MaxTokens, MaxCompletionTokens };

struct OpenAiFormat {
    OpenAiApi api = OpenAiApi::Chat;
    Delivery delivery = Delivery::Stream;
    LengthKey length_key = LengthKey::MaxTokens;
};

/// The body of a request, and the same without its messages.
struct OpenAiBody {
    std::string json;
    std::string parameters;
};

/// choices: how many answers are asked for at once, from 1. Keys of extra_body win over all others;
/// null takes a key away.
/// Error InvalidArgument: response_format or extra_body is no JSON object.
Result<OpenAiBody> openai_body(const OpenAiFormat& format, const std::string& model,
                               const CompletionRequest& request, int choices);

/// The most tokens that all answers to a request of these `parameters` (of openai_body) have
/// together; none: nothing limits them.
[[nodiscard]] std::optional<std::int64_t> answer_limit_in(const std::string& parameters);

/// The Completions in a whole response, by the index of their choice; invalid UTF-8 is replaced.
/// Usage is shared out: the prompt's tokens to the first, the answers' evenly.
/// Error Model: no JSON, an error object, no choice; Network: an error that may pass.
Result<std::vector<Completion>> parse_openai_response(const std::string& body);

/// The ids in an answer to GET /models; empty where it is no such answer.
[[nodiscard]] std::vector<std::string> parse_models(const std::string& body);

}  // namespace rtlgen::llm

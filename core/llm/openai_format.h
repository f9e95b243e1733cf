// SPDX-License-Identifier: Apache-2.0
// Requests and responses of OpenAI's chat completions, as its many imitators speak it too.
#pragma once

#include <string>

#include "core/base/result.h"
#include "core/llm/backend.h"

namespace rtlgen::llm {

/// The body of a request, and the same without its messages.
struct ChatBody {
    std::string json;
    std::string parameters;
};

[[nodiscard]] ChatBody chat_body(const std::string& model, const CompletionRequest& request);

/// The Completion in a response of status 200. Error Model: no JSON, an error object, no choice.
Result<Completion> parse_chat_response(const std::string& body);

/// The ids in an answer to GET /models; empty where it is no such answer.
[[nodiscard]] std::vector<std::string> parse_models(const std::string& body);

}  // namespace rtlgen::llm

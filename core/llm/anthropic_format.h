// SPDX-License-Identifier: Apache-2.0
// Requests of Anthropic's Messages API, in both of its generations: what a model or a version of
// the API doesn't take is left out, and said.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/llm/anthropic_models.h"
#include "core/llm/backend.h"
#include "core/llm/openai_format.h"

namespace rtlgen::llm {

struct AnthropicFormat {
    AnthropicModel model;  ///< what the named model takes
    /// The header anthropic-version. From 2026-10-21 on, nobody takes temperature, top_p and top_k.
    std::string version = "2023-06-01";
    Delivery delivery = Delivery::Stream;
    std::set<std::string> refused;  ///< parameters that the server has refused by name
};

/// A parameter that was asked for and isn't sent as it was, and why.
struct LeftOut {
    std::string name;
    std::string why;
    bool operator==(const LeftOut&) const = default;
};

struct AnthropicBody {
    std::string json;
    /// The same without messages and system, with `left_out`: names and reasons.
    std::string parameters;
    std::vector<LeftOut> left_out;
};

/// Keys of extra_body win over all others; null takes a key away.
/// Error InvalidArgument: extra_body is no JSON object.
Result<AnthropicBody> anthropic_body(const AnthropicFormat& format, const std::string& model,
                                     const CompletionRequest& request);

/// What `format` becomes where the server refused `body` with this message of status 400: a
/// parameter that the message names is left out, or thinking is asked for in the other way.
/// False: it names none that could be.
[[nodiscard]] bool learn_refusal(AnthropicFormat& format, const std::string& body,
                                 const std::string& message);

}  // namespace rtlgen::llm

// SPDX-License-Identifier: Apache-2.0
// What Anthropic's models take, by their names: the generations of the Messages API.
#pragma once

#include <cstdint>
#include <string_view>

namespace rtlgen::llm {

/// How a model is told to think: not at all, for so many tokens, or as hard as an effort says.
enum class Thinking { None, Budget, Adaptive };
/// Which of temperature, top_p and top_k it takes.
enum class SamplingUse { All, TemperatureOrTopP, None };

struct AnthropicModel {
    Thinking thinking = Thinking::Budget;
    SamplingUse sampling = SamplingUse::All;
    /// max_tokens must be given: this many where nobody says. Thinking counts as output.
    std::int64_t max_tokens = 8192;
};

/// By the family's version in a name such as "claude-3-5-haiku-20241022", "claude-opus-4-7" or
/// "us.anthropic.claude-sonnet-4-5-v1:0". A Claude whose version isn't read counts as the newest;
/// another name (of a gateway) as one that takes everything.
[[nodiscard]] AnthropicModel anthropic_model(std::string_view name);

}  // namespace rtlgen::llm

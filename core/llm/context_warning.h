// SPDX-License-Identifier: Apache-2.0
// A prompt that leaves its answer no room: some servers cut it without a word.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/llm/backend.h"

namespace rtlgen::llm {

/// A token is taken for 4 bytes, and a message for 4 tokens more.
[[nodiscard]] std::int64_t estimated_tokens(const std::vector<Message>& messages);

/// Whether a request is so small that no model's context is near: its length isn't worth a
/// question.
[[nodiscard]] bool fits_any_context(const CompletionRequest& request,
                                    std::optional<std::int64_t> max_tokens);

/// A sentence with both numbers where the prompt and `max_tokens` (none: nobody says) take more
/// than 90 % of the context; none where they don't, or its length isn't known.
[[nodiscard]] std::optional<std::string> context_warning(
    const CompletionRequest& request, std::optional<std::int64_t> max_tokens,
    std::optional<std::int64_t> context_length);

}  // namespace rtlgen::llm

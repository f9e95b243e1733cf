// SPDX-License-Identifier: Apache-2.0
#include "core/llm/context_warning.h"

#include <fmt/format.h>

namespace rtlgen::llm {

std::int64_t estimated_tokens(const std::vector<Message>& messages) {
    constexpr std::size_t kBytesPerToken = 4;
    constexpr std::size_t kTokensPerMessage = 4;
    std::size_t tokens = 0;
    for (const Message& message : messages) {
        tokens += message.text.size() / kBytesPerToken + kTokensPerMessage;
    }
    return static_cast<std::int64_t>(tokens);
}

bool fits_any_context(const CompletionRequest& request, std::optional<std::int64_t> max_tokens) {
    constexpr std::int64_t kSmallestContext = 512;
    return !context_warning(request, max_tokens, kSmallestContext);
}

std::optional<std::string> context_warning(const CompletionRequest& request,
                                           std::optional<std::int64_t> max_tokens,
                                           std::optional<std::int64_t> context_length) {
    constexpr double kNear = 0.9;
    if (!context_length) return std::nullopt;
    const std::int64_t prompt = estimated_tokens(request.messages);
    const std::int64_t all = prompt + max_tokens.value_or(0);
    if (static_cast<double>(all) <= kNear * static_cast<double>(*context_length)) {
        return std::nullopt;
    }
    const std::string answer =
        max_tokens
            ? fmt::format(" and the answer up to {} (--max-tokens), {} together", *max_tokens, all)
            : ", without its answer";
    return fmt::format(
        "the prompt takes about {} tokens{}, and the model's context has {}; what doesn't fit is "
        "refused or cut off, by some servers without a word",
        prompt, answer, *context_length);
}

}  // namespace rtlgen::llm

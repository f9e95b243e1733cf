// SPDX-License-Identifier: Apache-2.0
// An answer of Anthropic's Messages API as it comes, event by event.
#pragma once

#include <string>
#include <string_view>

#include "core/llm/anthropic_message.h"
#include "core/llm/http.h"
#include "core/llm/sse.h"

namespace rtlgen::llm {

class AnthropicStream final : public StreamReader {
public:
    /// raw_cap: how many bytes of what came are kept as they are.
    explicit AnthropicStream(std::size_t raw_cap) : raw_cap_(raw_cap) {}

    void restart() override;
    Result<Progress> take(std::string_view bytes) override;
    /// Whole only where the event message_stop lacks no more than its empty line.
    Status cut() override;

    /// Whether a stream came at all.
    [[nodiscard]] bool used() const { return used_; }
    [[nodiscard]] Result<Completion> completion() const { return message_.completion(); }
    [[nodiscard]] const std::string& raw() const { return raw_; }

private:
    Status take_event(const SseEvent& event);

    std::size_t raw_cap_;
    SseParser parser_;
    AnthropicMessage message_;
    std::string raw_;
    bool used_ = false;
};

}  // namespace rtlgen::llm

// SPDX-License-Identifier: Apache-2.0
// An answer of OpenAI's format as it comes, event by event.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/llm/http.h"
#include "core/llm/openai_choices.h"
#include "core/llm/sse.h"

namespace rtlgen::llm {

class OpenAiStream final : public StreamReader {
public:
    /// choices: how many were asked for. raw_cap: how many bytes of what came are kept as they are.
    OpenAiStream(int choices, std::size_t raw_cap) : asked_(choices), raw_cap_(raw_cap) {}

    void restart() override;
    Result<Progress> take(std::string_view bytes) override;
    /// Whole only where each choice has said why it ends, or the end event lacks its empty line.
    Status cut() override;

    /// Whether a stream came at all.
    [[nodiscard]] bool used() const { return used_; }
    [[nodiscard]] Result<std::vector<Completion>> completions() const {
        return choices_.completions();
    }
    [[nodiscard]] const std::string& raw() const { return raw_; }

private:
    int asked_;
    std::size_t raw_cap_;
    SseParser parser_;
    OpenAiChoices choices_;
    std::string raw_;
    bool used_ = false;
    bool ended_ = false;
};

}  // namespace rtlgen::llm

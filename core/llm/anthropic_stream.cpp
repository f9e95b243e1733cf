// SPDX-License-Identifier: Apache-2.0
#include "core/llm/anthropic_stream.h"

#include <nlohmann/json.hpp>

namespace rtlgen::llm {

void AnthropicStream::restart() {
    parser_.reset();
    message_ = {};
    raw_.clear();
    used_ = false;
}

Status AnthropicStream::take_event(const SseEvent& event) {
    // Gateways end theirs as OpenAI does; pings may be empty.
    const bool says_nothing = event.name == "ping" || event.data == "[DONE]";
    return says_nothing || message_.ended() ? Status() : message_.take(event.data);
}

Result<StreamReader::Progress> AnthropicStream::take(std::string_view bytes) {
    used_ = true;
    raw_.append(bytes.substr(0, raw_cap_ - raw_.size()));
    TRY(parser_.feed(bytes, [this](const SseEvent& event) { return take_event(event); }));
    return message_.ended() ? Progress::Ended : Progress::More;
}

Status AnthropicStream::cut() {
    const nlohmann::ordered_json last =
        nlohmann::ordered_json::parse(parser_.unfinished().data, nullptr, false);
    if (last.is_object()) TRY(take_event(parser_.unfinished()));
    if (message_.ended()) return {};
    return fail(ErrorCode::Network, "the answer's stream was cut before its end");
}

}  // namespace rtlgen::llm

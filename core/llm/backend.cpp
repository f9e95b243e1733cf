// SPDX-License-Identifier: Apache-2.0
#include "core/llm/backend.h"

#include <fmt/format.h>

#include "core/base/hash.h"
#include "core/base/text.h"

namespace rtlgen::llm {
namespace {

std::string optional_text(const std::optional<double>& value) {
    return value ? fmt::format("{}", *value) : "";
}

std::string optional_text(const std::optional<std::int64_t>& value) {
    return value ? fmt::format("{}", *value) : "";
}

}  // namespace

std::string_view to_string(Role role) {
    switch (role) {
        case Role::System: return "system";
        case Role::User: return "user";
        case Role::Assistant: return "assistant";
    }
    return "user";
}

std::string_view to_string(FinishReason reason) {
    switch (reason) {
        case FinishReason::Stop: return "stop";
        case FinishReason::Length: return "length";
        case FinishReason::Refused: return "refused";
        case FinishReason::Unknown: return "unknown";
    }
    return "unknown";
}

FinishReason finish_reason_from(std::string_view text) {
    const std::string name = to_lower(text);
    if (name == "stop" || name == "end_turn" || name == "stop_sequence" || name == "eos") {
        return FinishReason::Stop;
    }
    if (name == "length" || name == "max_tokens" || name == "max_output_tokens") {
        return FinishReason::Length;
    }
    if (name == "content_filter" || name == "refusal" || name == "refused" || name == "safety") {
        return FinishReason::Refused;
    }
    return FinishReason::Unknown;
}

std::string request_hash(const CompletionRequest& request) {
    FieldHasher hasher;
    hasher.add("rtlgen.request.v1");
    for (const Message& message : request.messages) {
        hasher.add(to_string(message.role)).add(message.text);
    }
    const Sampling& sampling = request.sampling;
    hasher.add("sampling")
        .add(optional_text(sampling.temperature))
        .add(optional_text(sampling.top_p))
        .add(optional_text(sampling.max_tokens))
        .add(optional_text(sampling.seed));
    for (const std::string& stop : sampling.stop) hasher.add(stop);
    return hasher.finish();
}

std::string as_plain_prompt(const std::vector<Message>& messages) {
    std::vector<std::string> texts;
    texts.reserve(messages.size());
    for (const Message& message : messages) texts.emplace_back(trim(message.text));
    return join(texts, "\n\n") + "\n";
}

void split_reasoning(Completion& completion) {
    constexpr std::string_view kOpen = "<think>";
    constexpr std::string_view kClose = "</think>";
    const std::size_t begin = completion.text.find_first_not_of(" \t\r\n");
    const bool opens = begin != std::string::npos &&
                       std::string_view(completion.text).substr(begin).starts_with(kOpen);
    const std::size_t close = completion.text.find(kClose);
    // Some chat templates put the opening tag into the prompt, so that only the end is answered.
    const bool closes_alone =
        !opens && close != std::string::npos && completion.text.find(kOpen) == std::string::npos;
    if (!opens && !closes_alone) return;
    const std::size_t from = opens ? begin + kOpen.size() : 0;
    const bool ends = close != std::string::npos;
    if (!completion.reasoning.empty()) completion.reasoning += "\n";
    completion.reasoning += completion.text.substr(from, ends ? close - from : std::string::npos);
    completion.text = ends ? completion.text.substr(close + kClose.size()) : "";
}

}  // namespace rtlgen::llm

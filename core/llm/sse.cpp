// SPDX-License-Identifier: Apache-2.0
#include "core/llm/sse.h"

#include <fmt/format.h>

#include <utility>

namespace rtlgen::llm {

Status SseParser::feed(std::string_view bytes, const Handler& handler) {
    while (!bytes.empty()) {
        if (std::exchange(after_cr_, false) && bytes.front() == '\n') {
            bytes.remove_prefix(1);
            continue;
        }
        const std::size_t end = bytes.find_first_of("\r\n");
        line_.append(bytes.substr(0, end));
        if (line_.size() + event_.data.size() > kLargestEvent) {
            return fail(ErrorCode::Model,
                        fmt::format("answered with an event of more than {} bytes", kLargestEvent));
        }
        if (end == std::string_view::npos) return {};
        after_cr_ = bytes[end] == '\r';
        bytes.remove_prefix(end + 1);
        TRY(end_line(handler));
    }
    return {};
}

Status SseParser::end_line(const Handler& handler) {
    constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
    std::string_view line = line_;
    if (std::exchange(first_line_, false) && line.starts_with(kByteOrderMark)) {
        line.remove_prefix(kByteOrderMark.size());
    }
    if (!line.empty()) {
        take_line(line, event_, has_data_);
        line_.clear();
        return {};
    }
    line_.clear();
    const SseEvent event = std::exchange(event_, {});
    return std::exchange(has_data_, false) ? handler(event) : Status();
}

void SseParser::take_line(std::string_view line, SseEvent& event, bool& has_data) {
    const std::size_t colon = line.find(':');
    const std::string_view field = line.substr(0, colon);
    std::string_view value = colon == std::string_view::npos ? "" : line.substr(colon + 1);
    if (value.starts_with(' ')) value.remove_prefix(1);
    if (field == "event") {
        event.name = value;
    } else if (field == "data" || field == "error") {
        if (field == "error") event.name = field;
        if (has_data) event.data += '\n';
        event.data += value;
        has_data = true;
    }
}

SseEvent SseParser::unfinished() const {
    SseEvent event = event_;
    bool has_data = has_data_;
    if (!line_.empty()) take_line(line_, event, has_data);
    return event;
}

}  // namespace rtlgen::llm

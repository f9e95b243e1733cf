// SPDX-License-Identifier: Apache-2.0
#include "core/llm/openai_stream.h"

#include "core/base/text.h"

namespace rtlgen::llm {
namespace {

constexpr std::string_view kEnd = "[DONE]";

}  // namespace

void OpenAiStream::restart() {
    parser_.reset();
    choices_ = {};
    raw_.clear();
    used_ = ended_ = false;
}

Result<StreamReader::Progress> OpenAiStream::take(std::string_view bytes) {
    used_ = true;
    raw_.append(bytes.substr(0, raw_cap_ - raw_.size()));
    TRY(parser_.feed(bytes, [this](const SseEvent& event) -> Status {
        if (ended_) return {};
        ended_ = trim(event.data) == kEnd;
        if (ended_) return {};
        if (event.name == "error") return choices_.take("{\"error\":" + event.data + "}");
        return choices_.take(event.data);
    }));
    return ended_ ? Progress::Ended : Progress::More;
}

Status OpenAiStream::cut() {
    if (choices_.all_finished(asked_) || trim(parser_.unfinished().data) == kEnd) return {};
    return fail(ErrorCode::Network, "the answer's stream was cut before its end");
}

}  // namespace rtlgen::llm

// SPDX-License-Identifier: Apache-2.0
#include "core/llm/recording_backend.h"

#include <utility>

namespace rtlgen::llm {

Result<Completion> RecordingBackend::complete(const CompletionRequest& request,
                                              std::stop_token stop) {
    Result<Completion> answer = inner().complete(request, std::move(stop));
    if (!answer || failed_) return answer;
    const Status written = file_->add(request, *answer, inner().name());
    if (!written && !failed_.exchange(true)) warn_(written.error());
    return answer;
}

}  // namespace rtlgen::llm

// SPDX-License-Identifier: Apache-2.0
#include "core/store/cached_backend.h"

#include <utility>

namespace rtlgen::store {
namespace {

bool is_kept(const llm::Completion& completion) {
    return completion.finish_reason == llm::FinishReason::Stop && !completion.text.empty();
}

}  // namespace

CachedBackend::CachedBackend(std::unique_ptr<llm::Backend> inner,
                             std::unique_ptr<ResponseCache> cache, Clock& clock, Warn warn)
    : WrappedBackend(std::move(inner)),
      cache_(std::move(cache)),
      clock_(clock),
      warn_(std::move(warn)) {}

Result<llm::Completion> CachedBackend::complete(const llm::CompletionRequest& request,
                                                std::stop_token stop) {
    if (failed_) return inner().complete(request, std::move(stop));
    if (stop.stop_requested()) return fail(ErrorCode::Interrupted, "interrupted");
    const std::string key = response_key(inner(), request);
    const auto began = clock_.now();
    Result<std::optional<llm::Completion>> found = cache_->find(key, clock_.wall_now());
    if (!found) {
        give_up(found.error());
    } else if (*found) {
        llm::Completion completion = **std::move(found);
        completion.from_cache = true;
        completion.bytes_sent = 0;
        completion.cost_usd.reset();
        completion.latency =
            std::chrono::duration_cast<std::chrono::microseconds>(clock_.now() - began);
        return completion;
    }
    Result<llm::Completion> answer = inner().complete(request, std::move(stop));
    if (answer && !failed_ && is_kept(*answer)) {
        if (const Status kept = cache_->keep(key, *answer, clock_.wall_now()); !kept) {
            give_up(kept.error());
        }
    }
    return answer;
}

void CachedBackend::give_up(const Error& error) {
    if (!failed_.exchange(true)) warn_(error);
}

}  // namespace rtlgen::store

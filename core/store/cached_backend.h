// SPDX-License-Identifier: Apache-2.0
// A Backend in front of another one that asks for nothing twice: what was answered before comes
// from the response cache.
#pragma once

#include <atomic>
#include <functional>
#include <memory>

#include "core/base/clock.h"
#include "core/llm/wrapped_backend.h"
#include "core/store/response_cache.h"

namespace rtlgen::store {

/// Only whole answers are kept: text that ended by itself (FinishReason::Stop), with no error. Its
/// hits say `from_cache`, have sent nothing and cost nothing. Where the cache fails, that is told
/// once, and from then on it is left alone: no answer is ever lost by it.
class CachedBackend final : public llm::WrappedBackend {
public:
    /// Told what the cache failed with; from any thread, once.
    using Warn = std::function<void(const Error&)>;

    CachedBackend(std::unique_ptr<llm::Backend> inner, std::unique_ptr<ResponseCache> cache,
                  Clock& clock, Warn warn);

    Result<llm::Completion> complete(const llm::CompletionRequest& request,
                                     std::stop_token stop) override;

private:
    void give_up(const Error& error);

    std::unique_ptr<ResponseCache> cache_;
    Clock& clock_;
    Warn warn_;
    std::atomic<bool> failed_ = false;
};

}  // namespace rtlgen::store

// SPDX-License-Identifier: Apache-2.0
// What stands in front of another Backend and is known by that one's name.
#pragma once

#include <memory>
#include <utility>

#include "core/llm/backend.h"

namespace rtlgen::llm {

/// All but complete() is the inner one's.
class WrappedBackend : public Backend {
public:
    [[nodiscard]] std::string name() const override { return inner_->name(); }
    [[nodiscard]] std::string destination() const override { return inner_->destination(); }
    [[nodiscard]] std::string preview(const CompletionRequest& request) const override {
        return inner_->preview(request);
    }
    [[nodiscard]] int concurrency() const override { return inner_->concurrency(); }
    [[nodiscard]] std::optional<std::int64_t> answer_limit(
        const CompletionRequest& request) const override {
        return inner_->answer_limit(request);
    }
    Result<std::vector<ListedModel>> models(const std::stop_token& stop) override {
        return inner_->models(stop);
    }
    std::vector<std::string> warnings(const CompletionRequest& request, Asking asking,
                                      const std::stop_token& stop) override {
        return inner_->warnings(request, asking, stop);
    }

protected:
    explicit WrappedBackend(std::unique_ptr<Backend> inner) : inner_(std::move(inner)) {}
    [[nodiscard]] Backend& inner() const { return *inner_; }

private:
    std::unique_ptr<Backend> inner_;
};

}  // namespace rtlgen::llm

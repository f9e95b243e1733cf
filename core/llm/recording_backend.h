// SPDX-License-Identifier: Apache-2.0
// A Backend in front of another one that writes each of its answers into a recording.
#pragma once

#include <atomic>
#include <functional>
#include <memory>

#include "core/llm/backend.h"
#include "core/llm/recording_file.h"

namespace rtlgen::llm {

/// An answer is in the file before it is given. Where the file fails, that is told once, and no
/// further answer is recorded: no answer is ever lost by it.
class RecordingBackend final : public Backend {
public:
    /// Told what the file failed with; from any thread, once.
    using Warn = std::function<void(const Error&)>;

    RecordingBackend(std::unique_ptr<Backend> inner, std::unique_ptr<RecordingFile> file, Warn warn)
        : inner_(std::move(inner)), file_(std::move(file)), warn_(std::move(warn)) {}

    Result<Completion> complete(const CompletionRequest& request, std::stop_token stop) override;
    [[nodiscard]] std::string name() const override { return inner_->name(); }
    [[nodiscard]] std::string destination() const override { return inner_->destination(); }
    [[nodiscard]] std::string preview(const CompletionRequest& request) const override {
        return inner_->preview(request);
    }
    [[nodiscard]] int concurrency() const override { return inner_->concurrency(); }
    Result<std::vector<ListedModel>> models(const std::stop_token& stop) override {
        return inner_->models(stop);
    }
    std::vector<std::string> warnings(const CompletionRequest& request, Asking asking,
                                      const std::stop_token& stop) override {
        return inner_->warnings(request, asking, stop);
    }

private:
    std::unique_ptr<Backend> inner_;
    std::unique_ptr<RecordingFile> file_;
    Warn warn_;
    std::atomic<bool> failed_ = false;
};

}  // namespace rtlgen::llm

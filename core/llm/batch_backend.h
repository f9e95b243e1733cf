// SPDX-License-Identifier: Apache-2.0
// `openai/NAME` through files: requests are collected for a batch, answers come from one.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "core/llm/backend.h"
#include "core/llm/openai_format.h"
#include "core/llm/recording.h"

namespace rtlgen::llm {

/// The requests that a batch is to answer. Thread-safe.
class BatchRequests {
public:
    void add(const CompletionRequest& request, std::string line);
    [[nodiscard]] std::size_t count() const;
    /// All lines, by turn and sample: equal requests make equal files.
    [[nodiscard]] std::string text() const;

private:
    mutable std::mutex mutex_;
    std::map<std::pair<int, int>, std::string> lines_;
};

class BatchBackend final : public Backend {
public:
    static constexpr std::string_view kDestination = "a batch";

    /// `answers`: a file of a batch's answers, or empty: there are none yet. `requests` outlives
    /// it. Errors: NotFound, Unreadable.
    static Result<std::unique_ptr<Backend>> open(std::string model, const OpenAiFormat& format,
                                                 const std::filesystem::path& answers,
                                                 BatchRequests& requests,
                                                 const std::stop_token& stop = {});

    /// The answer to just this request, sample and turn. Without one the request is collected:
    /// Error Deferred.
    Result<Completion> complete(const CompletionRequest& request, std::stop_token stop) override;
    [[nodiscard]] std::string name() const override { return "openai/" + model_; }
    [[nodiscard]] std::string destination() const override { return std::string(kDestination); }
    [[nodiscard]] std::string preview(const CompletionRequest& request) const override;
    [[nodiscard]] int concurrency() const override { return 64; }

private:
    BatchBackend(std::string model, const OpenAiFormat& format, BatchRequests& requests)
        : model_(std::move(model)), format_(format), requests_(requests) {}

    std::string model_;
    OpenAiFormat format_;
    BatchRequests& requests_;
    std::string file_;
    std::map<std::string, RecordedAnswer> answers_;  ///< by batch_id
};

}  // namespace rtlgen::llm

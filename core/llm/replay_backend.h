// SPDX-License-Identifier: Apache-2.0
// `replay:FILE`: answers from a recording (recording.h), so that a run needs no model.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <tuple>
#include <utility>

#include "core/llm/backend.h"
#include "core/llm/recording.h"

namespace rtlgen::llm {

class ReplayBackend final : public Backend {
public:
    /// Reads the whole file. Errors: NotFound, Unreadable.
    static Result<std::unique_ptr<Backend>> open(const std::filesystem::path& file,
                                                 const std::stop_token& stop = {});

    ReplayBackend(std::string file, std::vector<RecordedAnswer> answers);

    /// Error Model where the recording has no such answer.
    Result<Completion> complete(const CompletionRequest& request, std::stop_token stop) override;
    [[nodiscard]] std::string name() const override { return "replay:" + file_; }
    [[nodiscard]] std::string destination() const override { return "the recording " + file_; }
    [[nodiscard]] std::string preview(const CompletionRequest& request) const override;
    [[nodiscard]] int concurrency() const override { return 64; }

private:
    using Exact = std::tuple<std::string, int, int>;

    [[nodiscard]] const RecordedAnswer* find(const CompletionRequest& request) const;
    [[nodiscard]] const RecordedAnswer* find_by_order(const CompletionRequest& request,
                                                      const std::string& problem) const;
    void add(std::size_t row);

    std::string file_;
    std::vector<RecordedAnswer> answers_;
    std::map<Exact, std::size_t> by_request_;  ///< hash, sample, turn
    std::map<Exact, std::size_t> by_sample_;   ///< id, sample, turn, of lines with a hash
    std::map<std::pair<std::string, int>, std::vector<std::size_t>> by_order_;  ///< id, turn
};

}  // namespace rtlgen::llm

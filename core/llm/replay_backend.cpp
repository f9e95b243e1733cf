// SPDX-License-Identifier: Apache-2.0
#include "core/llm/replay_backend.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/files.h"

namespace rtlgen::llm {
namespace {

/// Recordings of whole benchmarks are larger than one source file may be.
constexpr Bytes kMaxRecording = gibibytes(1);

}  // namespace

Result<std::unique_ptr<Backend>> ReplayBackend::open(const std::filesystem::path& file,
                                                     const std::stop_token& stop) {
    TRY_ASSIGN(const std::string text, read_file(file, kMaxRecording, stop));
    TRY_ASSIGN(std::vector<RecordedAnswer> answers, parse_recording(text, file.string()));
    return std::make_unique<ReplayBackend>(file.string(), std::move(answers));
}

ReplayBackend::ReplayBackend(std::string file, std::vector<RecordedAnswer> answers)
    : file_(std::move(file)), answers_(std::move(answers)) {
    for (std::size_t row = 0; row < answers_.size(); ++row) add(row);
    for (auto& [key, rows] : by_order_) {
        std::ranges::stable_sort(rows, {}, [this](std::size_t i) { return answers_[i].sample; });
    }
}

void ReplayBackend::add(std::size_t row) {
    const RecordedAnswer& answer = answers_[row];
    if (answer.request.empty()) {
        by_order_[{answer.problem, answer.turn}].push_back(row);
        return;
    }
    const int sample = std::max(answer.sample, 1);
    by_request_.insert_or_assign({answer.request, sample, answer.turn}, row);
    if (!answer.problem.empty()) {
        by_sample_.insert_or_assign({answer.problem, sample, answer.turn}, row);
    }
}

const RecordedAnswer* ReplayBackend::find(const CompletionRequest& request) const {
    const auto exact = by_request_.find({request_hash(request), request.sample, request.turn});
    if (exact != by_request_.end()) return &answers_[exact->second];
    if (const auto* counted = find_by_order(request, request.problem)) return counted;
    const auto same = by_sample_.find({request.problem, request.sample, request.turn});
    if (same != by_sample_.end()) return &answers_[same->second];
    return find_by_order(request, "");
}

const RecordedAnswer* ReplayBackend::find_by_order(const CompletionRequest& request,
                                                   const std::string& problem) const {
    const auto rows = by_order_.find({problem, request.turn});
    if (rows == by_order_.end() || request.sample < 1) return nullptr;
    const auto index = static_cast<std::size_t>(request.sample) - 1;
    return index < rows->second.size() ? &answers_[rows->second[index]] : nullptr;
}

Result<Completion> ReplayBackend::complete(const CompletionRequest& request, std::stop_token stop) {
    if (stop.stop_requested()) return fail(ErrorCode::Interrupted, "interrupted");
    const RecordedAnswer* answer = find(request);
    if (answer == nullptr) {
        const std::string which =
            request.turn == 0 ? fmt::format("answer {}", request.sample)
                              : fmt::format("repair {} of answer {}", request.turn, request.sample);
        return fail(ErrorCode::Model,
                    fmt::format("the recording has no {} for \"{}\"", which, request.problem),
                    file_);
    }
    if (answer->error) return tl::unexpected<Error>(*answer->error);
    Completion completion = answer->completion;
    completion.endpoint = file_;
    completion.sent = "{}";
    split_reasoning(completion);
    return completion;
}

std::string ReplayBackend::preview(const CompletionRequest& request) const {
    return fmt::format("nothing is sent; looked up: problem \"{}\", sample {}, turn {}, request {}",
                       request.problem, request.sample, request.turn, request_hash(request));
}

}  // namespace rtlgen::llm

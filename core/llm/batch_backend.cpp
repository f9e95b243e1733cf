// SPDX-License-Identifier: Apache-2.0
#include "core/llm/batch_backend.h"

#include <fmt/format.h>

#include "core/base/files.h"
#include "core/llm/batch_file.h"

namespace rtlgen::llm {
namespace {

constexpr Bytes kMaxAnswers = gibibytes(1);

std::string id_of(const std::string& hash, int sample, int turn) {
    return fmt::format("{}/{}/{}", hash, sample, turn);
}

}  // namespace

void BatchRequests::add(const CompletionRequest& request, std::string line) {
    const std::scoped_lock lock(mutex_);
    lines_.insert_or_assign({request.turn, request.sample}, std::move(line));
}

std::size_t BatchRequests::count() const {
    const std::scoped_lock lock(mutex_);
    return lines_.size();
}

std::string BatchRequests::text() const {
    const std::scoped_lock lock(mutex_);
    std::string text;
    for (const auto& [key, line] : lines_) text += line;
    return text;
}

Result<std::unique_ptr<Backend>> BatchBackend::open(std::string model, const OpenAiFormat& format,
                                                    const std::filesystem::path& answers,
                                                    BatchRequests& requests,
                                                    const std::stop_token& stop) {
    std::unique_ptr<BatchBackend> backend(new BatchBackend(std::move(model), format, requests));
    if (answers.empty()) return backend;
    TRY_ASSIGN(const std::string text, read_file(answers, kMaxAnswers, stop));
    TRY_ASSIGN(std::vector<RecordedAnswer> recorded, parse_recording(text, answers.string()));
    for (RecordedAnswer& answer : recorded) {
        if (answer.request.empty()) continue;
        const std::string id = id_of(answer.request, answer.sample, answer.turn);
        backend->answers_.insert_or_assign(id, std::move(answer));
    }
    backend->file_ = answers.string();
    return backend;
}

Result<Completion> BatchBackend::complete(const CompletionRequest& request, std::stop_token stop) {
    if (stop.stop_requested()) return fail(ErrorCode::Interrupted, "interrupted");
    const auto found = answers_.find(id_of(request_hash(request), request.sample, request.turn));
    if (found == answers_.end()) {
        TRY_ASSIGN(std::string line, batch_line(format_, model_, request));
        requests_.add(request, std::move(line));
        return fail(ErrorCode::Deferred, "the request waits for a batch");
    }
    if (found->second.error) return tl::unexpected<Error>(*found->second.error);
    Completion completion = found->second.completion;
    completion.endpoint = file_;
    completion.sent = "{}";
    return completion;
}

std::string BatchBackend::preview(const CompletionRequest& request) const {
    const auto line = batch_line(format_, model_, request);
    return line ? *line : line.error().message;
}

}  // namespace rtlgen::llm

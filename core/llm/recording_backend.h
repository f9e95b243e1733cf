// SPDX-License-Identifier: Apache-2.0
// A Backend in front of another one that writes each of its answers into a recording.
#pragma once

#include <atomic>
#include <functional>
#include <memory>

#include "core/llm/recording_file.h"
#include "core/llm/wrapped_backend.h"

namespace rtlgen::llm {

/// An answer is in the file before it is given. Where the file fails, that is told once, and no
/// further answer is recorded: no answer is ever lost by it.
class RecordingBackend final : public WrappedBackend {
public:
    /// Told what the file failed with; from any thread, once.
    using Warn = std::function<void(const Error&)>;

    RecordingBackend(std::unique_ptr<Backend> inner, std::unique_ptr<RecordingFile> file, Warn warn)
        : WrappedBackend(std::move(inner)), file_(std::move(file)), warn_(std::move(warn)) {}

    Result<Completion> complete(const CompletionRequest& request, std::stop_token stop) override;

private:
    std::unique_ptr<RecordingFile> file_;
    Warn warn_;
    std::atomic<bool> failed_ = false;
};

}  // namespace rtlgen::llm

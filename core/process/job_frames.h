// SPDX-License-Identifier: Apache-2.0
// The helper's frames, put together to a job's result.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/process/jail/wire.h"
#include "core/process/job.h"

namespace rtlgen::process {

/// Takes bytes as they come; no world in it.
class FrameReader {
public:
    explicit FrameReader(const JobSpec& job);

    /// Error Internal where the bytes are no frames.
    Status add(std::string_view bytes);

    /// Whether anything came at all.
    [[nodiscard]] bool started() const { return started_; }

    /// The result; an Error where the helper reported one or the end mark is missing.
    Result<JobResult> finish();

private:
    Status take_frame(const jail::FrameHeader& header, std::string_view payload);
    Status take_step_end(std::size_t index, std::string_view payload);

    const JobSpec& job_;
    JobResult result_;
    std::string pending_;
    std::optional<Error> error_;
    bool started_ = false;
    bool ended_ = false;
};

}  // namespace rtlgen::process

// SPDX-License-Identifier: Apache-2.0
// Decodes frames; what has no end mark is no result.
#include "core/process/job_frames.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <system_error>

namespace rtlgen::process {
namespace {

constexpr std::size_t kMaxPayload = 1U << 20U;

std::string reason(int error) { return std::generic_category().message(error); }

tl::unexpected<Error> malformed(const JobSpec& job) {
    return fail(ErrorCode::Internal, "the jail's helper sent bytes that make no sense",
                "job " + job.name);
}

struct ExecFailure {
    ErrorCode code;
    std::string_view hint;
};

/// What an errno of exec means to a user: most say nothing about what is installed.
ExecFailure exec_failure(int error) {
    switch (error) {
        case ENOENT:
        case ENOTDIR:
            return {ErrorCode::ToolMissing, " (install it; a program outside /usr must be bound)"};
        case EACCES:
        case EPERM:
            return {ErrorCode::ToolMissing,
                    " (it, or a folder above it, is closed to other users)"};
        case ENOEXEC: return {ErrorCode::ToolMissing, " (it is no program of this machine's)"};
        default: return {ErrorCode::Io, ""};
    }
}

/// What the C and C++ runtimes, perl and the tools say when an allocation was refused. One large
/// request leaves no other trace.
bool says_no_memory(std::string_view err) {
    constexpr std::size_t kLastWords = 2000;
    err.remove_prefix(err.size() - std::min(err.size(), kLastWords));
    constexpr std::array<std::string_view, 5> kWords = {"std::bad_alloc", "Out of memory",
                                                        "out of memory", "Cannot allocate memory",
                                                        "emory exhausted"};
    return std::ranges::any_of(
        kWords, [err](std::string_view words) { return err.find(words) != err.npos; });
}

}  // namespace

FrameReader::FrameReader(const JobSpec& job) : job_(job) { result_.steps.resize(job.steps.size()); }

Status FrameReader::add(std::string_view bytes) {
    started_ = started_ || !bytes.empty();
    pending_.append(bytes);
    std::size_t at = 0;
    jail::FrameHeader header{};
    while (pending_.size() - at >= sizeof header) {
        std::memcpy(&header, pending_.data() + at, sizeof header);
        if (header.length > kMaxPayload || ended_) {
            return malformed(job_);
        }
        if (pending_.size() - at - sizeof header < header.length) {
            break;
        }
        TRY(take_frame(header,
                       std::string_view(pending_).substr(at + sizeof header, header.length)));
        at += sizeof header + header.length;
    }
    pending_.erase(0, at);
    return {};
}

Status FrameReader::take_frame(const jail::FrameHeader& header, std::string_view payload) {
    const std::size_t index = header.index;
    switch (static_cast<jail::FrameType>(header.type)) {
        case jail::FrameType::Out:
        case jail::FrameType::Err: {
            if (index >= result_.steps.size()) {
                return malformed(job_);
            }
            StepResult& step = result_.steps[index];
            const bool is_out = static_cast<jail::FrameType>(header.type) == jail::FrameType::Out;
            (is_out ? step.out : step.err).append(payload);
            return {};
        }
        case jail::FrameType::StepEnd: return take_step_end(index, payload);
        case jail::FrameType::OutputData:
            if (index >= job_.outputs.size()) {
                return malformed(job_);
            }
            result_.outputs[job_.outputs[index].path].append(payload);
            return {};
        case jail::FrameType::OutputRefused:
            if (index >= job_.outputs.size()) {
                return malformed(job_);
            }
            result_.refused_outputs.push_back(job_.outputs[index].path);
            return {};
        case jail::FrameType::Fatal: {
            const bool full = static_cast<int>(header.index) == ENOSPC;
            error_ = Error{full ? ErrorCode::Io : ErrorCode::Sandbox,
                           fmt::format("the jail could not {}: {}", payload,
                                       reason(static_cast<int>(header.index))),
                           "job " + job_.name};
            return {};
        }
        case jail::FrameType::End: {
            std::uint64_t magic = 0;
            if (payload.size() != sizeof magic) {
                return malformed(job_);
            }
            std::memcpy(&magic, payload.data(), sizeof magic);
            ended_ = magic == jail::kEndMagic;
            return {};
        }
    }
    return malformed(job_);
}

Status FrameReader::take_step_end(std::size_t index, std::string_view payload) {
    jail::StepEndFrame frame{};
    if (index >= result_.steps.size() || payload.size() != sizeof frame) {
        return malformed(job_);
    }
    std::memcpy(&frame, payload.data(), sizeof frame);
    StepResult& step = result_.steps[index];
    step.end = static_cast<StepEnd>(frame.end);
    step.exit_code = step.end == StepEnd::Exited ? frame.exit_code : -1;
    step.signal = frame.signal;
    step.wall = std::chrono::microseconds(frame.wall_us);
    step.cpu = std::chrono::microseconds(frame.cpu_us);
    step.peak_memory = Bytes{frame.peak_bytes};
    const bool failed =
        step.end == StepEnd::Signaled || (step.end == StepEnd::Exited && step.exit_code != 0);
    if (failed && says_no_memory(step.err)) {
        step.end = StepEnd::MemoryLimit;
        step.exit_code = -1;
    }
    if (frame.exec_errno == 0) {
        return {};
    }
    const std::string& program = job_.steps[index].argv.front();
    const std::string text =
        fmt::format("'{}' can't be executed in the jail: {}", program, reason(frame.exec_errno));
    if (program.front() != '/') {
        step.err.append(text + "\n");  // an earlier step did not make it: the job's own affair
    } else if (!error_) {
        const ExecFailure failure = exec_failure(frame.exec_errno);
        error_ = Error{failure.code, text + std::string(failure.hint), "job " + job_.name};
    }
    return {};
}

Result<JobResult> FrameReader::finish() {
    if (error_) {
        return tl::unexpected<Error>(*error_);
    }
    if (!ended_ || !pending_.empty()) {
        return fail(ErrorCode::Sandbox,
                    "the jail ended before the job did (killed from outside, or the machine is "
                    "out of memory?)",
                    "job " + job_.name);
    }
    return std::move(result_);
}

}  // namespace rtlgen::process

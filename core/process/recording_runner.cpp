// SPDX-License-Identifier: Apache-2.0
#include "core/process/recording_runner.h"

#include <fmt/format.h>

#include "core/base/files.h"
#include "core/base/text.h"
#include "core/process/job_record.h"

namespace rtlgen::process {
namespace {

/// A precompiled header has a hundred of them, and nobody reads it.
constexpr Bytes kKeptOutput = mebibytes(16);

Status write_record(const std::filesystem::path& folder, const JobSpec& job,
                    const Result<JobResult>& result) {
    if (result) return write_job_record(folder, job, *result, kKeptOutput);
    // What the machine or a stop kept from running is still there to be run by hand.
    TRY(write_job_record(folder, job, {}, kKeptOutput));
    return write_file_atomic(folder / "error.txt", result.error().text() + "\n");
}

}  // namespace

RecordingRunner::RecordingRunner(Runner& inner, std::filesystem::path folder)
    : inner_(inner), folder_(std::move(folder)) {}

Result<JobResult> RecordingRunner::run(const JobSpec& job, std::stop_token stop) {
    const std::filesystem::path folder = next_folder(job);
    Result<JobResult> result = inner_.run(job, std::move(stop));
    write(folder, job, result);
    return result;
}

std::filesystem::path RecordingRunner::next_folder(const JobSpec& job) {
    std::string name = job.name.substr(0, 64);
    for (char& c : name) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                           (c >= '0' && c <= '9') || c == '-' || c == '_';
        if (!plain) c = '_';
    }
    const std::scoped_lock lock(mutex_);
    return folder_ / fmt::format("{:02}-{}", ++started_, name);
}

void RecordingRunner::write(const std::filesystem::path& folder, const JobSpec& job,
                            const Result<JobResult>& result) {
    if (problem()) return;
    const Status written = write_record(folder, job, result);
    if (written) return;
    const std::scoped_lock lock(mutex_);
    if (!problem_) problem_ = written.error();
}

std::optional<Error> RecordingRunner::problem() const {
    const std::scoped_lock lock(mutex_);
    return problem_;
}

}  // namespace rtlgen::process

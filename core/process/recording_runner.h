// SPDX-License-Identifier: Apache-2.0
// A Runner that leaves every job as a folder which runs by hand: what `--keep` is made of.
#pragma once

#include <filesystem>
#include <mutex>
#include <optional>

#include "core/process/runner.h"

namespace rtlgen::process {

/// Runs jobs by another Runner and writes each to `folder`/NN-NAME (job_record.h), NN in the order
/// of the starts. A record that can't be written never changes a job's result: the first reason is
/// kept, and nothing more is written.
class RecordingRunner final : public Runner {
public:
    /// `inner` outlives this. The folder is made with the first record.
    RecordingRunner(Runner& inner, std::filesystem::path folder);

    using Runner::run;
    Result<JobResult> run(const JobSpec& job, std::stop_token stop) override;
    [[nodiscard]] IsolationLevel level() const override { return inner_.level(); }

    /// Why records are missing, if any are.
    [[nodiscard]] std::optional<Error> problem() const;

private:
    [[nodiscard]] std::filesystem::path next_folder(const JobSpec& job);
    void write(const std::filesystem::path& folder, const JobSpec& job,
               const Result<JobResult>& result);

    Runner& inner_;
    std::filesystem::path folder_;
    mutable std::mutex mutex_;
    int started_ = 0;
    std::optional<Error> problem_;
};

}  // namespace rtlgen::process

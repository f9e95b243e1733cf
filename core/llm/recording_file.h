// SPDX-License-Identifier: Apache-2.0
// The file of `--record`: JSON lines that are only ever added to, whole ones each.
#pragma once

#include <filesystem>
#include <mutex>
#include <stop_token>
#include <string>
#include <unordered_set>

#include "core/base/owned_fd.h"
#include "core/base/result.h"
#include "core/llm/recording.h"

namespace rtlgen::llm {

/// A line is one write to a file opened with O_APPEND, and is flushed to the disk when the file is
/// closed: a killed process loses no line that was written; a loss of power may take the latest.
/// The kernel may cut the write of a process that is killed: what is left half written at the end
/// is cut away when the file is opened again, and left out by parse_recording().
class RecordingFile {
public:
    /// Makes the file, or goes on with a recording; its lines aren't written again.
    /// Errors: InvalidArgument (it holds anything else, is no regular file, or another process
    /// records into it), Io, Unreadable, Interrupted.
    static Result<std::unique_ptr<RecordingFile>> open(const std::filesystem::path& path,
                                                       const std::stop_token& stop = {});
    ~RecordingFile();
    RecordingFile(const RecordingFile&) = delete;
    RecordingFile& operator=(const RecordingFile&) = delete;

    /// Thread-safe. The same answer to the same request of the same model is written once. Error
    /// Io: nothing of the line is in the file then.
    Status add(const CompletionRequest& request, const Completion& completion,
               const std::string& model);

private:
    RecordingFile(int file, std::filesystem::path path) : file_(file), path_(std::move(path)) {}
    Status take_up(const std::stop_token& stop);
    Status write_line(const std::string& line);

    OwnedFd file_;
    std::filesystem::path path_;
    std::mutex mutex_;
    std::unordered_set<std::string> written_;  ///< hashes of what makes lines the same
};

}  // namespace rtlgen::llm

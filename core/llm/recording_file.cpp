// SPDX-License-Identifier: Apache-2.0
#include "core/llm/recording_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "core/base/files.h"
#include "core/base/hash.h"
#include "core/base/text.h"

namespace rtlgen::llm {
namespace fs = std::filesystem;
namespace {

using nlohmann::ordered_json;

constexpr Bytes kMaxRecording = gibibytes(1);

std::string text_at(const ordered_json& line, const char* key) {
    const auto found = line.find(key);
    return found != line.end() && found->is_string() ? found->get<std::string>() : "";
}

std::string number_at(const ordered_json& line, const char* key) {
    const auto found = line.find(key);
    return found == line.end() ? "" : found->dump();
}

/// Two lines with the same one say the same.
std::string identity_of(const ordered_json& line) {
    FieldHasher hasher;
    for (const char* key : {"asked_model", "problem", "request", "completion", "reasoning"}) {
        hasher.add(text_at(line, key));
    }
    return hasher.add(number_at(line, "sample")).add(number_at(line, "turn")).finish();
}

tl::unexpected<Error> no_recording(const fs::path& path) {
    return fail(ErrorCode::InvalidArgument,
                "holds something else than a recording, and is left as it is; name another file "
                "for --record",
                path.string());
}

/// The line, where it is one of a recording.
std::optional<ordered_json> recorded_line(std::string_view line) {
    ordered_json json = ordered_json::parse(line, nullptr, false);
    if (!json.is_object() || text_at(json, "schema") != kRecordingSchema) return std::nullopt;
    return json;
}

}  // namespace

Result<std::unique_ptr<RecordingFile>> RecordingFile::open(const fs::path& path,
                                                           const std::stop_token& stop) {
    // A pipe would be waited for.
    const int file =
        ::open(path.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NONBLOCK, 0666);
    if (file < 0) {
        return fail(ErrorCode::Io, "can't be written: " + system_reason(errno), path.string());
    }
    std::unique_ptr<RecordingFile> opened(new RecordingFile(file, path));
    struct stat info{};
    if (::fstat(file, &info) != 0 || !S_ISREG(info.st_mode)) return no_recording(path);
    if (::flock(file, LOCK_EX | LOCK_NB) != 0) {
        return fail(ErrorCode::InvalidArgument, "another rtlgen records into it just now",
                    path.string());
    }
    if (info.st_size > 0) TRY(opened->take_up(stop));
    return opened;
}

RecordingFile::~RecordingFile() { ::fdatasync(file_.get()); }

Status RecordingFile::take_up(const std::stop_token& stop) {
    TRY_ASSIGN(const std::string text, read_file(path_, kMaxRecording, stop));
    const std::size_t last_end = text.rfind('\n');
    const std::size_t whole = last_end == std::string::npos ? 0 : last_end + 1;
    for (const std::string_view line : split_lines(std::string_view(text).substr(0, whole))) {
        if (trim(line).empty()) continue;
        const auto recorded = recorded_line(line);
        if (!recorded) return no_recording(path_);
        written_.insert(identity_of(*recorded));
    }
    const std::string_view rest = std::string_view(text).substr(whole);
    if (rest.empty()) return {};
    if (const auto recorded = recorded_line(rest)) {
        written_.insert(identity_of(*recorded));
        return write_line("\n");
    }
    if (!is_half_written_line(rest)) return no_recording(path_);
    if (::ftruncate(file_.get(), static_cast<off_t>(whole)) == 0) return {};
    return fail(ErrorCode::Io, "can't be written: " + system_reason(errno), path_.string());
}

Status RecordingFile::add(const CompletionRequest& request, const Completion& completion,
                          const std::string& model) {
    const std::string line = to_line(request, completion, model);
    const std::string identity = identity_of(ordered_json::parse(line));
    const std::scoped_lock lock(mutex_);
    if (written_.contains(identity)) return {};
    TRY(write_line(line));
    written_.insert(identity);
    return {};
}

Status RecordingFile::write_line(const std::string& line) {
    struct stat before{};
    if (::fstat(file_.get(), &before) != 0) {
        return fail(ErrorCode::Io, system_reason(errno), path_.string());
    }
    const ssize_t written = ::write(file_.get(), line.data(), line.size());
    if (written == static_cast<ssize_t>(line.size())) return {};
    const int reason = written < 0 ? errno : ENOSPC;
    if (written > 0 && ::ftruncate(file_.get(), before.st_size) != 0) {
        return fail(ErrorCode::Io, "a line is half written, and can't be taken back",
                    path_.string());
    }
    return fail(ErrorCode::Io, "can't be written: " + system_reason(reason), path_.string());
}

}  // namespace rtlgen::llm

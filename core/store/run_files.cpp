// SPDX-License-Identifier: Apache-2.0
#include "core/store/run_files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <nlohmann/json.hpp>

#include "core/base/text.h"

namespace rtlgen::store {
namespace fs = std::filesystem;
namespace {

/// To the end of what `path` holds, or in the place of it.
Status write_all(const fs::path& path, std::string_view bytes, int flags) {
    const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | flags, 0644);
    if (fd < 0) return fail(ErrorCode::Io, std::strerror(errno), path.string());
    int code = 0;
    while (!bytes.empty() && code == 0) {
        const ssize_t n = ::write(fd, bytes.data(), bytes.size());
        if (n >= 0) {
            bytes.remove_prefix(static_cast<std::size_t>(n));
        } else if (errno != EINTR) {
            code = errno;
        }
    }
    if (::close(fd) != 0 && code == 0) code = errno;
    if (code == 0) return {};
    return fail(ErrorCode::Io, std::strerror(code), path.string());
}

/// Nobody sees half a file; no fsync, as the database has it all.
Status replace_file(const fs::path& path, std::string_view bytes) {
    const fs::path fresh = path.string() + ".new";
    TRY(write_all(fresh, bytes, O_TRUNC));
    std::error_code error;
    fs::rename(fresh, path, error);
    if (error) return fail(ErrorCode::Io, error.message(), path.string());
    return {};
}

}  // namespace

Status write_attempt_files(const fs::path& folder, const Attempt& attempt) {
    std::error_code error;
    fs::create_directories(folder, error);
    if (error) return fail(ErrorCode::Io, error.message(), folder.string());
    if (attempt.state == AttemptState::Asked || !fs::exists(folder / "prompt.md", error)) {
        TRY(replace_file(folder / "prompt.md", llm::as_plain_prompt(attempt.prompt)));
    }
    if (attempt.completion &&
        (attempt.state == AttemptState::Answered || !fs::exists(folder / "answer.md", error))) {
        TRY(replace_file(folder / "answer.md", attempt.completion->text));
    }
    if (!attempt.candidate_code.empty() &&
        (attempt.state == AttemptState::Answered || !fs::exists(folder / "candidate.sv", error))) {
        TRY(replace_file(folder / "candidate.sv", attempt.candidate_code));
    }
    // What earned a PASS stays beside what passed.
    if (attempt.completion && attempt.completion->testbench &&
        !fs::exists(folder / "testbench.sv", error)) {
        std::string text;
        for (const SourceFile& file : attempt.completion->testbench->files) text += file.text;
        TRY(replace_file(folder / "testbench.sv", text));
    }
    if (!attempt.verdict) return {};
    return replace_file(folder / "verdict.json", to_json(*attempt.verdict).dump(2) + "\n");
}

Status append_log(const fs::path& path, std::int64_t now, std::string_view line) {
    return write_all(path, fmt::format("{} {}\n", now, escape_for_terminal(line)), O_APPEND);
}

}  // namespace rtlgen::store

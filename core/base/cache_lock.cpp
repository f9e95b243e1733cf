// SPDX-License-Identifier: Apache-2.0
#include "core/base/cache_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <utility>

#include "core/base/cache_folder.h"
#include "core/base/clock.h"

namespace rtlgen {
namespace {

constexpr std::chrono::milliseconds kFirstPause{1};
constexpr std::chrono::milliseconds kLongestPause{50};

/// Whether the file that was opened still stands at `path`.
bool is_current(int file, const std::filesystem::path& path) {
    struct stat opened{};
    struct stat there{};
    return ::fstat(file, &opened) == 0 && ::lstat(path.c_str(), &there) == 0 &&
           opened.st_dev == there.st_dev && opened.st_ino == there.st_ino;
}

}  // namespace

CacheLock::~CacheLock() {
    if (file_ >= 0) ::close(file_);
}

CacheLock::CacheLock(CacheLock&& other) noexcept
    : path_(std::move(other.path_)), file_(std::exchange(other.file_, -1)) {}

CacheLock& CacheLock::operator=(CacheLock&& other) noexcept {
    std::swap(path_, other.path_);
    std::swap(file_, other.file_);
    return *this;
}

Result<std::optional<CacheLock>> CacheLock::try_take(const std::filesystem::path& entry,
                                                     Mode mode) {
    const std::filesystem::path path = entry.string() + std::string(kLockSuffix);
    // Each turn that is lost to a removal is another process's progress.
    for (;;) {
        CacheLock lock(path, ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
        if (!lock.held() && mode == Mode::Shared) {
            lock.file_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
        }
        if (!lock.held()) return fail(ErrorCode::Io, std::strerror(errno), path.string());
        const int how = (mode == Mode::Shared ? LOCK_SH : LOCK_EX) | LOCK_NB;
        if (::flock(lock.file_, how) != 0) {
            if (errno == EINTR) continue;
            if (errno == EWOULDBLOCK) return std::optional<CacheLock>();
            return fail(ErrorCode::Io, std::strerror(errno), path.string());
        }
        if (is_current(lock.file_, path)) return std::optional<CacheLock>(std::move(lock));
    }
}

Result<CacheLock> CacheLock::take(const std::filesystem::path& entry, Mode mode,
                                  const std::stop_token& stop) {
    for (auto wait = kFirstPause;; wait = std::min(wait * 2, kLongestPause)) {
        TRY_ASSIGN(std::optional<CacheLock> lock, try_take(entry, mode));
        if (lock) return *std::move(lock);
        if (stop.stop_requested()) {
            return fail(ErrorCode::Interrupted, "interrupted while waiting for another rtlgen",
                        entry.string());
        }
        SystemClock().sleep_for(wait, stop);
    }
}

void CacheLock::touch() const {
    if (file_ >= 0) ::futimens(file_, nullptr);
}

void CacheLock::remove_file() {
    if (file_ >= 0) ::unlink(path_.c_str());
}

}  // namespace rtlgen

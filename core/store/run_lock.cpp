// SPDX-License-Identifier: Apache-2.0
#include "core/store/run_lock.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "core/base/text.h"

namespace rtlgen::store {

Result<RunLock> RunLock::take(const std::filesystem::path& folder) {
    const std::filesystem::path path = folder / "lock";
    const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (fd < 0) return fail(ErrorCode::Io, std::strerror(errno), path.string());
    RunLock lock(fd);
    if (::flock(fd, LOCK_EX | LOCK_NB) != 0) {
        std::array<char, 32> buffer{};
        const ssize_t n = ::read(fd, buffer.data(), buffer.size());
        const std::string_view holder(buffer.data(), n > 0 ? static_cast<std::size_t>(n) : 0);
        return fail(ErrorCode::Io,
                    fmt::format("another rtlgen (process {}) is writing this run; wait for it or "
                                "name another --run-dir",
                                trim(holder)),
                    folder.string());
    }
    const std::string self = fmt::format("{}\n", ::getpid());
    if (::ftruncate(fd, 0) != 0 || ::pwrite(fd, self.data(), self.size(), 0) < 0) {
        return fail(ErrorCode::Io, std::strerror(errno), path.string());
    }
    return lock;
}

bool RunLock::is_held(const std::filesystem::path& folder) {
    const int fd = ::open((folder / "lock").c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0) return false;
    const bool held = ::flock(fd, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
    ::close(fd);
    return held;
}

RunLock::RunLock(RunLock&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}

RunLock::~RunLock() {
    if (fd_ >= 0) ::close(fd_);
}

}  // namespace rtlgen::store

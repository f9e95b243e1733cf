// SPDX-License-Identifier: Apache-2.0
// A file descriptor that is closed at the end of its scope, and what a failed call says to a user.
#pragma once

#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>

namespace rtlgen {

/// Owns every descriptor but the three standard ones.
class OwnedFd {
public:
    explicit OwnedFd(int fd) : fd_(fd) {}
    ~OwnedFd() {
        if (fd_ > STDERR_FILENO) ::close(fd_);
    }
    OwnedFd(const OwnedFd&) = delete;
    OwnedFd& operator=(const OwnedFd&) = delete;
    [[nodiscard]] int get() const { return fd_; }

private:
    int fd_;
};

/// The system's words for an errno; a full disk says what to do.
inline std::string system_reason(int error) {
    if (error == ENOSPC || error == EDQUOT) {
        return "the disk is full; free some space and run again";
    }
    return std::strerror(error);
}

}  // namespace rtlgen

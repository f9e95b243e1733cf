// SPDX-License-Identifier: Apache-2.0
// Waiting for a file to be ready, which a stop request ends.
#pragma once

#include <sys/eventfd.h>

#include <stop_token>

#include "core/base/owned_fd.h"

namespace rtlgen {

/// Waits for pipes, terminals and sockets, unless a stop comes first. Regular files are ready.
class StopWait {
public:
    explicit StopWait(const std::stop_token& stop);
    StopWait(const StopWait&) = delete;
    StopWait& operator=(const StopWait&) = delete;

    enum class End { Ready, Stopped, TooLong };
    /// `events` as of poll(2). `patience` in milliseconds; -1: for ever.
    [[nodiscard]] End wait(int fd, short events, int patience) const;

private:
    struct Wake {
        int fd;
        void operator()() const { ::eventfd_write(fd, 1); }
    };
    std::stop_token stop_;
    OwnedFd wake_;
    std::stop_callback<Wake> on_stop_;
};

}  // namespace rtlgen

// SPDX-License-Identifier: Apache-2.0
#include "core/base/stop_wait.h"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <array>

namespace rtlgen {
namespace {

/// Never in the place of a standard stream that is closed.
int make_wake() {
    const int fd = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (fd < 0 || fd > STDERR_FILENO) return fd;
    const int moved = ::fcntl(fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    ::close(fd);
    return moved;
}

}  // namespace

StopWait::StopWait(const std::stop_token& stop)
    : stop_(stop),
      wake_(stop.stop_possible() ? make_wake() : -1),
      on_stop_(stop, Wake{wake_.get()}) {}

StopWait::End StopWait::wait(int fd, short events, int patience) const {
    std::array<pollfd, 2> files{pollfd{fd, events, 0}, pollfd{wake_.get(), POLLIN, 0}};
    const int ready = ::poll(files.data(), files.size(), patience);
    if (stop_.stop_requested()) return End::Stopped;
    return ready == 0 ? End::TooLong : End::Ready;
}

}  // namespace rtlgen

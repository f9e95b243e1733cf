// SPDX-License-Identifier: Apache-2.0
// Frames over the result pipe, and the clock.
#include "core/process/jail/system.h"

#include <unistd.h>

#include <cstring>
#include <ctime>

namespace rtlgen::jail {
namespace {

void write_all(const char* data, std::size_t size) {
    while (size > 0) {
        const ssize_t written = write(kResultFd, data, size);
        if (written < 0) {
            if (errno == EINTR) {
                continue;
            }
            stop_now();
        }
        data += written;
        size -= static_cast<std::size_t>(written);
    }
}

}  // namespace

void send_frame(FrameType type, std::uint32_t index, const void* payload, std::size_t size) {
    const FrameHeader header{static_cast<std::uint32_t>(type), index, size};
    char head[sizeof header];
    std::memcpy(head, &header, sizeof header);
    write_all(head, sizeof head);
    write_all(static_cast<const char*>(payload), size);
}

void fatal(int error, const char* what) {
    send_frame(FrameType::Fatal, static_cast<std::uint32_t>(error), what, std::strlen(what));
    stop_now();
}

std::uint64_t monotonic_us() {
    timespec now{};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return static_cast<std::uint64_t>(now.tv_sec) * 1'000'000U +
           static_cast<std::uint64_t>(now.tv_nsec) / 1000U;
}

}  // namespace rtlgen::jail

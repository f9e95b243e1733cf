// SPDX-License-Identifier: Apache-2.0
// Listens to a step, watches its limits, and ends it with all that it started.
#include "core/process/jail/step.h"

#include <poll.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "core/process/jail/disk_use.h"
#include "core/process/jail/launch.h"
#include "core/process/jail/system.h"
#include "core/process/jail/tree.h"

namespace rtlgen::jail {
namespace {

constexpr std::uint64_t kTickUs = 50'000;
constexpr std::uint64_t kHostTickUs = 200'000;  // a whole host's /proc is walked
/// Empty files cost memory that no size limit counts.
constexpr std::uint64_t kMaxFiles = 200'000;

struct Stream {
    int file = -1;
    FrameType type = FrameType::Out;
    std::uint64_t sent = 0;
};

struct Watch {
    const Workshop& shop;
    const StepSpec& step;
    std::uint32_t index;
    Launched child{};
    Stream streams[2]{};
    End reason = End::NotRun;  ///< the limit that was hit
    bool ended = false;        ///< the main process was reaped
    int status = 0;
    std::uint64_t cpu_us = 0;
    std::uint64_t peak_bytes = 0;
    std::uint64_t peak_address_bytes = 0;  ///< of one process, as the ticks saw it
};

void hit(Watch& watch, End limit) {
    if (watch.reason == End::NotRun) {
        watch.reason = limit;
    }
}

std::uint64_t micros(const timeval& time) {
    return static_cast<std::uint64_t>(time.tv_sec) * 1'000'000U +
           static_cast<std::uint64_t>(time.tv_usec);
}

void on_reaped(void* context, pid_t pid, int status, const rusage& usage) {
    auto& watch = *static_cast<Watch*>(context);
    watch.cpu_us += micros(usage.ru_utime) + micros(usage.ru_stime);
    const auto peak = static_cast<std::uint64_t>(usage.ru_maxrss) * 1024U;
    watch.peak_bytes = peak > watch.peak_bytes ? peak : watch.peak_bytes;
    if (pid == watch.child.pid) {
        watch.ended = true;
        watch.status = status;
    }
}

/// Forwards what is there now, up to the limit.
void forward(Watch& watch, Stream& stream) {
    static char buffer[65536];
    while (stream.file >= 0) {
        const ssize_t got = read(stream.file, buffer, sizeof buffer);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0 && errno == EAGAIN) {
            return;
        }
        if (got <= 0) {
            close(stream.file);
            stream.file = -1;
            return;
        }
        const std::uint64_t room = watch.step.limits.output - stream.sent;
        auto size = static_cast<std::uint64_t>(got);
        if (size > room) {
            size = room;
            hit(watch, End::OutputLimit);
        }
        if (size > 0) {
            send_frame(stream.type, watch.index, buffer, size);
            stream.sent += size;
        }
        if (watch.reason == End::OutputLimit) {
            close(stream.file);
            stream.file = -1;
        }
    }
}

void check_disk(Watch& watch) {
    const DiskUse use = measure_disk(watch.shop.spec);
    if (use.full || use.bytes > watch.step.limits.disk || use.files > kMaxFiles) {
        hit(watch, End::DiskLimit);
    }
}

void check_use(Watch& watch) {
    const TreeUse use = measure_descendants();
    if (use.largest_address_bytes > watch.peak_address_bytes) {
        watch.peak_address_bytes = use.largest_address_bytes;
    }
    if (use.resident_bytes > watch.step.limits.memory) {
        hit(watch, End::MemoryLimit);
    }
    if (use.tasks > watch.step.limits.processes) {
        hit(watch, End::ProcessLimit);
    }
    check_disk(watch);
}

void reap_ended(Watch& watch) {
    signalfd_siginfo info{};
    while (read(watch.shop.signals, &info, sizeof info) > 0) {
        if (info.ssi_signo == SIGTERM) {
            stop_now();
        }
    }
    int status = 0;
    rusage usage{};
    pid_t pid = 0;
    while ((pid = wait4(-1, &status, WNOHANG, &usage)) > 0) {
        on_reaped(&watch, pid, status, usage);
    }
}

void listen_until_end(Watch& watch, std::uint64_t start) {
    const std::uint64_t deadline = start + watch.step.limits.wall_ms * 1000U;
    const std::uint64_t tick = watch.shop.spec.mode == Mode::Namespaces ? kTickUs : kHostTickUs;
    std::uint64_t next_tick = start + tick;
    while (!watch.ended && watch.reason == End::NotRun) {
        const std::uint64_t now = monotonic_us();
        if (now >= deadline) {
            hit(watch, End::WallLimit);
            return;
        }
        if (now >= next_tick) {
            check_use(watch);
            next_tick = monotonic_us() + tick;
            continue;
        }
        const std::uint64_t until = deadline < next_tick ? deadline : next_tick;
        pollfd files[4] = {{watch.streams[0].file, POLLIN, 0},
                           {watch.streams[1].file, POLLIN, 0},
                           {watch.shop.signals, POLLIN, 0},
                           {kResultFd, 0, 0}};
        if (poll(files, 4, static_cast<int>((until - now) / 1000U + 1)) < 0 && errno != EINTR) {
            fatal(errno, "wait for a step");
        }
        if (files[3].revents != 0) {
            stop_now();  // rtlgen reads no more
        }
        forward(watch, watch.streams[0]);
        forward(watch, watch.streams[1]);
        if (files[2].revents != 0) {
            reap_ended(watch);
        }
    }
}

bool failed(int status) { return !WIFEXITED(status) || WEXITSTATUS(status) != 0; }

/// How a step that no watch ended came to its end.
End natural_end(Watch& watch) {
    const StepLimits& limits = watch.step.limits;
    const bool bad = failed(watch.status);
    if (WIFSIGNALED(watch.status)) {
        const int signal = WTERMSIG(watch.status);
        if (signal == SIGXCPU || (signal == SIGKILL && watch.cpu_us >= limits.cpu_s * 1'000'000U)) {
            return End::CpuLimit;
        }
        if (signal == SIGXFSZ) {
            return End::DiskLimit;
        }
    }
    // What ends badly so near its address space was refused more of it.
    const std::uint64_t space = limits.memory + kAddressSlack;
    const bool near_end = watch.peak_address_bytes >= space - space / 16U;
    if (bad && (watch.peak_bytes >= limits.memory || near_end)) {
        return End::MemoryLimit;
    }
    if (bad) {
        check_disk(watch);
        if (watch.reason != End::NotRun) {
            return watch.reason;
        }
    }
    return WIFEXITED(watch.status) ? End::Exited : End::Signaled;
}

}  // namespace

bool run_step(const Workshop& shop, std::uint32_t index) {
    Watch watch{shop, shop.spec.steps.data[index], index};
    const std::uint64_t start = monotonic_us();
    watch.child = launch(shop, watch.step);
    watch.streams[0] = {watch.child.out, FrameType::Out, 0};
    watch.streams[1] = {watch.child.err, FrameType::Err, 0};
    listen_until_end(watch, start);
    const std::uint64_t wall_us = monotonic_us() - start;
    if (watch.ended && failed(watch.status)) {
        check_use(watch);  // what it left running may say why
    }
    kill_descendants(on_reaped, &watch);
    for (Stream& stream : watch.streams) {
        forward(watch, stream);
        if (stream.file >= 0) {
            close(stream.file);
        }
    }

    StepEndFrame frame{};
    frame.exec_errno = *watch.child.exec_errno;
    if (frame.exec_errno < 0) {
        fatal(-frame.exec_errno, "put limits on a step");
    }
    frame.end = watch.reason != End::NotRun ? watch.reason : natural_end(watch);
    frame.exit_code = WIFEXITED(watch.status) ? WEXITSTATUS(watch.status) : -1;
    frame.signal = WIFSIGNALED(watch.status) ? WTERMSIG(watch.status) : 0;
    frame.wall_us = wall_us;
    frame.cpu_us = watch.cpu_us;
    frame.peak_bytes = watch.peak_bytes;
    send_frame(FrameType::StepEnd, index, &frame, sizeof frame);
    return frame.end == End::Exited && frame.exit_code == 0;
}

}  // namespace rtlgen::jail

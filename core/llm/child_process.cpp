// SPDX-License-Identifier: Apache-2.0
#include "core/llm/child_process.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <spawn.h>
#include <sys/eventfd.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <optional>
#include <utility>

extern char** environ;

namespace rtlgen::llm {
namespace {

constexpr std::size_t kErrorCap = std::size_t{64} << 10U;

class Descriptor {
public:
    Descriptor() = default;
    explicit Descriptor(int fd) : fd_(fd) {}
    ~Descriptor() { reset(); }
    Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        if (this != &other) {
            reset();
            fd_ = std::exchange(other.fd_, -1);
        }
        return *this;
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;

    [[nodiscard]] int get() const { return fd_; }
    [[nodiscard]] bool open() const { return fd_ >= 0; }
    void reset() {
        if (fd_ >= 0) close(fd_);
        fd_ = -1;
    }

private:
    int fd_ = -1;
};

struct Pipe {
    Descriptor read_end;
    Descriptor write_end;
};

Result<Pipe> make_pipe() {
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) {
        return fail(ErrorCode::Io, fmt::format("no pipe: {}", std::strerror(errno)));
    }
    return Pipe{Descriptor(ends[0]), Descriptor(ends[1])};
}

void set_nonblocking(const Descriptor& descriptor) {
    fcntl(descriptor.get(), F_SETFL, fcntl(descriptor.get(), F_GETFL) | O_NONBLOCK);
}

/// The child and our ends of its pipes.
struct Child {
    pid_t pid = -1;
    Descriptor pidfd;  ///< not open where the kernel has none
    Descriptor in;
    Descriptor out;
    Descriptor err;
};

class SpawnSetup {
public:
    SpawnSetup() {
        posix_spawn_file_actions_init(&actions);
        posix_spawnattr_init(&attributes);
        // Its own group, no signal blocked or ignored: this program blocks SIGINT and SIGTERM.
        sigset_t none;
        sigemptyset(&none);
        sigset_t defaults;
        sigemptyset(&defaults);
        for (const int number : {SIGPIPE, SIGINT, SIGTERM}) sigaddset(&defaults, number);
        posix_spawnattr_setsigmask(&attributes, &none);
        posix_spawnattr_setsigdefault(&attributes, &defaults);
        posix_spawnattr_setpgroup(&attributes, 0);
        posix_spawnattr_setflags(
            &attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
    }
    ~SpawnSetup() {
        posix_spawn_file_actions_destroy(&actions);
        posix_spawnattr_destroy(&attributes);
    }
    SpawnSetup(const SpawnSetup&) = delete;
    SpawnSetup& operator=(const SpawnSetup&) = delete;

    posix_spawn_file_actions_t actions{};
    posix_spawnattr_t attributes{};
};

Result<Child> spawn(const std::vector<std::string>& argv) {
    TRY_ASSIGN(Pipe in, make_pipe());
    TRY_ASSIGN(Pipe out, make_pipe());
    TRY_ASSIGN(Pipe err, make_pipe());
    SpawnSetup setup;
    posix_spawn_file_actions_adddup2(&setup.actions, in.read_end.get(), STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&setup.actions, out.write_end.get(), STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&setup.actions, err.write_end.get(), STDERR_FILENO);
    std::vector<char*> words;
    words.reserve(argv.size() + 1);
    for (const std::string& word : argv) words.push_back(const_cast<char*>(word.c_str()));
    words.push_back(nullptr);
    Child child;
    const int error = posix_spawnp(&child.pid, words.front(), &setup.actions, &setup.attributes,
                                   words.data(), environ);
    if (error != 0) {
        return fail(ErrorCode::ToolMissing, fmt::format("can't be run: {}", std::strerror(error)),
                    argv.front());
    }
    child.pidfd = Descriptor(static_cast<int>(syscall(SYS_pidfd_open, child.pid, 0)));
    child.in = std::move(in.write_end);
    child.out = std::move(out.read_end);
    child.err = std::move(err.read_end);
    set_nonblocking(child.in);
    set_nonblocking(child.out);
    set_nonblocking(child.err);
    return child;
}

/// Takes what there is; closes the descriptor at its end.
void drain(Descriptor& from, std::string& into, std::size_t cap) {
    std::array<char, 65536> buffer;
    while (from.open()) {
        const ssize_t n = read(from.get(), buffer.data(), buffer.size());
        if (n < 0 && errno == EINTR) continue;
        if (n < 0 && errno == EAGAIN) return;
        if (n <= 0) {
            from.reset();
            return;
        }
        const std::size_t room = cap - std::min(cap, into.size());
        into.append(buffer.data(), std::min(room, static_cast<std::size_t>(n)));
        if (into.size() >= cap && room == 0) return;
    }
}

/// Blocks SIGPIPE for this thread, and takes one that came, so that a child that doesn't read is no
/// end of ours.
class NoSigpipe {
public:
    NoSigpipe() {
        sigemptyset(&pipe_);
        sigaddset(&pipe_, SIGPIPE);
        pthread_sigmask(SIG_BLOCK, &pipe_, &before_);
    }
    ~NoSigpipe() {
        const timespec at_once{};
        while (sigtimedwait(&pipe_, nullptr, &at_once) > 0) {
        }
        pthread_sigmask(SIG_SETMASK, &before_, nullptr);
    }
    NoSigpipe(const NoSigpipe&) = delete;
    NoSigpipe& operator=(const NoSigpipe&) = delete;

private:
    sigset_t pipe_{};
    sigset_t before_{};
};

/// Writes what fits; closes the descriptor when all is written or nobody reads.
void feed(Descriptor& into, std::string_view& rest) {
    while (into.open() && !rest.empty()) {
        const ssize_t n = write(into.get(), rest.data(), rest.size());
        if (n < 0 && errno == EINTR) continue;
        if (n < 0 && errno == EAGAIN) return;
        if (n < 0) break;
        rest.remove_prefix(static_cast<std::size_t>(n));
    }
    into.reset();
}

/// Kills what is left of the group and reaps the child, whose number is its own until then.
int kill_group(const Child& child) {
    kill(-child.pid, SIGKILL);
    int status = 0;
    while (waitpid(child.pid, &status, 0) < 0 && errno == EINTR) {
    }
    return status;
}

/// Whether the child itself has ended; it isn't reaped. `bad`: not with exit code 0.
bool has_ended(const Child& child, bool& bad) {
    siginfo_t info{};
    if (waitid(P_PID, static_cast<id_t>(child.pid), &info, WEXITED | WNOHANG | WNOWAIT) != 0 ||
        info.si_pid != child.pid) {
        return false;
    }
    bad = info.si_code != CLD_EXITED || info.si_status != 0;
    return true;
}

void take_status(int status, ChildResult& result) {
    if (WIFEXITED(status)) result.exit_code = WEXITSTATUS(status);
    if (WIFSIGNALED(status)) result.signal = WTERMSIG(status);
}

using SteadyClock = std::chrono::steady_clock;

int poll_timeout(const Child& child, SteadyClock::time_point deadline) {
    constexpr std::int64_t kWithoutPidfd = 20;
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - SteadyClock::now());
    const std::int64_t wait = std::clamp<std::int64_t>(left.count() + 1, 0, 1'000'000);
    return static_cast<int>(child.pidfd.open() ? wait : std::min(wait, kWithoutPidfd));
}

}  // namespace

Result<ChildResult> run_child(const ChildSpec& spec, const std::stop_token& stop) {
    const NoSigpipe no_sigpipe;
    const Descriptor stop_event(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
    const std::stop_callback wake(stop, [&stop_event] {
        const std::uint64_t one = 1;
        [[maybe_unused]] const ssize_t n = write(stop_event.get(), &one, sizeof one);
    });
    TRY_ASSIGN(Child child, spawn(spec.argv));
    const auto deadline = SteadyClock::now() + spec.timeout;
    std::string_view rest = spec.input;
    ChildResult result;
    const auto give_up = [&](ErrorCode code, std::string message) {
        kill_group(child);
        return fail(code, std::move(message), spec.argv.front());
    };
    bool ended = false;
    for (;;) {
        if (stop.stop_requested()) return give_up(ErrorCode::Interrupted, "interrupted");
        if (SteadyClock::now() >= deadline) {
            const std::string_view what =
                ended ? "ended, and left its output open: no end of it" : "no answer";
            return give_up(ErrorCode::Timeout,
                           fmt::format("{} within {} ms", what, spec.timeout.count()));
        }
        std::array<pollfd, 5> waits = {{{stop_event.get(), POLLIN, 0},
                                        {ended ? -1 : child.pidfd.get(), POLLIN, 0},
                                        {child.in.get(), POLLOUT, 0},
                                        {child.out.get(), POLLIN, 0},
                                        {child.err.get(), POLLIN, 0}}};
        poll(waits.data(), waits.size(), poll_timeout(child, deadline));
        feed(child.in, rest);
        drain(child.out, result.out, spec.out_cap.count + 1);
        drain(child.err, result.err, kErrorCap);
        if (result.out.size() > spec.out_cap.count) {
            return give_up(ErrorCode::Model,
                           fmt::format("answered more than {} bytes", spec.out_cap.count));
        }
        bool bad = false;
        ended = has_ended(child, bad);
        // An answer is whole when nobody can write to it any more; of a failure nothing is taken.
        if (!ended || (!bad && child.out.open())) continue;
        take_status(kill_group(child), result);
        drain(child.out, result.out, spec.out_cap.count);
        drain(child.err, result.err, kErrorCap);
        return result;
    }
}

}  // namespace rtlgen::llm

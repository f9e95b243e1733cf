// SPDX-License-Identifier: Apache-2.0
#include "core/process/site_command.h"

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

#include "core/process/unique_fd.h"

extern char** environ;

namespace rtlgen::process {
namespace {

constexpr std::size_t kMostOutput = 1U << 20U;
constexpr long kPollMs = 50;  // where the kernel gives no handle to wait on
constexpr long kLongestWaitMs = 60'000;

std::vector<std::string> environment_with(
    const std::vector<std::pair<std::string, std::string>>& added) {
    std::vector<std::string> variables;
    for (char** variable = environ; *variable != nullptr; ++variable) {
        variables.emplace_back(*variable);
    }
    for (const auto& [name, value] : added) variables.push_back(fmt::format("{}={}", name, value));
    return variables;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> result;
    for (std::string& text : texts) result.push_back(text.data());
    result.push_back(nullptr);
    return result;
}

/// Starts `/bin/sh -c` in its own process group, output into `out`, signals unblocked.
Result<pid_t> start(const SiteCommand& command, int out) {
    std::vector<std::string> argv = {"/bin/sh", "-c", command.shell_text, "sh"};
    argv.insert(argv.end(), command.arguments.begin(), command.arguments.end());
    std::vector<std::string> env = environment_with(command.env);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, out, STDERR_FILENO);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    sigset_t none;
    sigemptyset(&none);
    sigset_t defaults;
    sigemptyset(&defaults);
    sigaddset(&defaults, SIGPIPE);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &defaults);
    posix_spawnattr_setpgroup(&attributes, 0);
    posix_spawnattr_setflags(
        &attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    pid_t pid = -1;
    const int error = posix_spawn(&pid, "/bin/sh", &actions, &attributes, pointers(argv).data(),
                                  pointers(env).data());
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    if (error != 0) {
        return fail(ErrorCode::Io,
                    std::string("the command can't be started: ") + std::strerror(error));
    }
    return pid;
}

/// Takes at most one chunk of what is there; false at the end of the output.
bool take_chunk(int reader, std::string& out) {
    std::array<char, 65536> buffer{};
    const ssize_t count = ::read(reader, buffer.data(), buffer.size());
    if (count <= 0) return count < 0 && (errno == EINTR || errno == EAGAIN);
    const std::size_t room = kMostOutput - out.size();
    out.append(buffer.data(), std::min(room, static_cast<std::size_t>(count)));
    return true;
}

/// Whether the command itself has ended. It isn't reaped, so its group's number stays its own.
bool has_ended(pid_t pid) {
    siginfo_t info{};
    return ::waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED | WNOHANG | WNOWAIT) == 0 &&
           info.si_pid == pid;
}

enum class Ending { Ended, TimedOut, Stopped };

/// Reads until the command itself has ended, whatever holds its output.
Ending listen(pid_t pid, UniqueFd& reader, std::chrono::milliseconds limit,
              const std::stop_token& stop, std::string& out) {
    const UniqueFd handle(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
    const UniqueFd wake(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
    const std::stop_callback on_stop(stop, [&wake] { ::eventfd_write(wake.get(), 1); });
    const auto deadline = std::chrono::steady_clock::now() + limit;
    bool open = true;
    while (!has_ended(pid)) {
        if (stop.stop_requested()) return Ending::Stopped;
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(
            deadline - std::chrono::steady_clock::now());
        if (left.count() <= 0) return Ending::TimedOut;
        std::array<pollfd, 3> files{pollfd{open ? reader.get() : -1, POLLIN, 0},
                                    pollfd{handle.get(), POLLIN, 0}, pollfd{wake.get(), POLLIN, 0}};
        const long most = handle && wake ? kLongestWaitMs : kPollMs;
        ::poll(files.data(), files.size(), static_cast<int>(std::min<long>(left.count(), most)));
        if (files[0].revents != 0) open = take_chunk(reader.get(), out);
    }
    // What is in the pipe is the command's; what comes later is not waited for.
    constexpr int kMostChunks = 32;
    for (int i = 0; open && i < kMostChunks; ++i) open = take_chunk(reader.get(), out);
    return Ending::Ended;
}

}  // namespace

Result<SiteCommandResult> run_site_command(const SiteCommand& command,
                                           const std::stop_token& stop) {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) return fail(ErrorCode::Io, std::strerror(errno));
    UniqueFd reader(ends[0]);
    pid_t pid = -1;
    {
        const UniqueFd writer(ends[1]);
        TRY_ASSIGN(pid, start(command, writer.get()));
    }
    ::fcntl(reader.get(), F_SETFL, O_NONBLOCK);
    SiteCommandResult result;
    const Ending ending = listen(pid, reader, command.limit, stop, result.out);
    ::kill(-pid, SIGKILL);
    int status = 0;
    while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    if (ending == Ending::Stopped) return fail(ErrorCode::Interrupted, "interrupted");
    result.timed_out = ending == Ending::TimedOut;
    result.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return result;
}

}  // namespace rtlgen::process

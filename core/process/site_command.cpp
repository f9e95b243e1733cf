// SPDX-License-Identifier: Apache-2.0
#include "core/process/site_command.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstring>

#include "core/process/unique_fd.h"

extern char** environ;

namespace rtlgen::process {
namespace {

constexpr std::size_t kMostOutput = 1U << 20U;
constexpr int kPollMs = 50;

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

}  // namespace

Result<SiteCommandResult> run_site_command(const SiteCommand& command,
                                           const std::stop_token& stop) {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) return fail(ErrorCode::Io, std::strerror(errno));
    const UniqueFd reader(ends[0]);
    pid_t pid = -1;
    {
        const UniqueFd writer(ends[1]);
        TRY_ASSIGN(pid, start(command, writer.get()));
    }
    SiteCommandResult result;
    const auto deadline = std::chrono::steady_clock::now() + command.limit;
    bool open = true;
    int status = 0;
    bool ended = false;
    while (open || !ended) {
        result.timed_out = std::chrono::steady_clock::now() >= deadline;
        if (stop.stop_requested() || result.timed_out) break;
        pollfd poll_entry{reader.get(), POLLIN, 0};
        if (open && ::poll(&poll_entry, 1, kPollMs) > 0) {
            std::array<char, 4096> buffer{};
            const ssize_t count = ::read(reader.get(), buffer.data(), buffer.size());
            open = count > 0;
            const std::size_t room = kMostOutput - result.out.size();
            if (open)
                result.out.append(buffer.data(), std::min(room, static_cast<std::size_t>(count)));
        } else if (!ended) {
            ended = ::waitpid(pid, &status, open ? WNOHANG : 0) == pid;
        } else {
            open = false;  // a grandchild holds the pipe; the command itself has ended
        }
    }
    ::kill(-pid, SIGKILL);
    if (!ended) ::waitpid(pid, &status, 0);
    if (stop.stop_requested()) return fail(ErrorCode::Interrupted, "interrupted");
    result.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return result;
}

}  // namespace rtlgen::process

// SPDX-License-Identifier: Apache-2.0
// posix_spawn (which doesn't copy a large parent), and a wait with an end.
#include "core/process/child_process.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <system_error>

#include "core/process/jail/wire.h"
#include "core/process/unique_fd.h"

namespace rtlgen::process {
namespace {

class FileActions {
public:
    FileActions() { posix_spawn_file_actions_init(&actions_); }
    ~FileActions() { posix_spawn_file_actions_destroy(&actions_); }
    FileActions(const FileActions&) = delete;
    FileActions& operator=(const FileActions&) = delete;
    posix_spawn_file_actions_t* get() { return &actions_; }

private:
    posix_spawn_file_actions_t actions_{};
};

class Attributes {
public:
    Attributes() {
        posix_spawnattr_init(&attributes_);
        sigset_t set;
        sigemptyset(&set);
        posix_spawnattr_setsigmask(&attributes_, &set);
        sigfillset(&set);
        posix_spawnattr_setsigdefault(&attributes_, &set);
        posix_spawnattr_setpgroup(&attributes_, 0);
        posix_spawnattr_setflags(
            &attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
    }
    ~Attributes() { posix_spawnattr_destroy(&attributes_); }
    Attributes(const Attributes&) = delete;
    Attributes& operator=(const Attributes&) = delete;
    posix_spawnattr_t* get() { return &attributes_; }

private:
    posix_spawnattr_t attributes_{};
};

}  // namespace

Result<ChildProcess> ChildProcess::start(const std::vector<std::string>& argv,
                                         const ChildFiles& files) {
    // Numbers out of the way of the ones that the child gets.
    const UniqueFd spec(fcntl(files.spec, F_DUPFD_CLOEXEC, 16));
    const UniqueFd result(fcntl(files.result, F_DUPFD_CLOEXEC, 16));
    const UniqueFd said(fcntl(files.said, F_DUPFD_CLOEXEC, 16));
    if (!spec || !result || !said) {
        return fail(ErrorCode::Io, "too many open files: raise `ulimit -n`", argv.front());
    }
    FileActions actions;
    posix_spawn_file_actions_addopen(actions.get(), 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(actions.get(), said.get(), 1);
    posix_spawn_file_actions_adddup2(actions.get(), said.get(), 2);
    posix_spawn_file_actions_adddup2(actions.get(), spec.get(), jail::kSpecFd);
    posix_spawn_file_actions_adddup2(actions.get(), result.get(), jail::kResultFd);
    posix_spawn_file_actions_addclosefrom_np(actions.get(), jail::kResultFd + 1);
    Attributes attributes;

    std::vector<char*> arguments;
    arguments.reserve(argv.size() + 1);
    for (const std::string& argument : argv) {
        arguments.push_back(const_cast<char*>(argument.c_str()));
    }
    arguments.push_back(nullptr);
    char* no_environment[] = {nullptr};
    pid_t pid = -1;
    const int error = posix_spawn(&pid, arguments.front(), actions.get(), attributes.get(),
                                  arguments.data(), no_environment);
    if (error != 0) {
        return fail(error == ENOENT ? ErrorCode::ToolMissing : ErrorCode::Io,
                    fmt::format("can't be started: {}", std::generic_category().message(error)),
                    argv.front());
    }
    return ChildProcess(pid);
}

ChildProcess::ChildProcess(ChildProcess&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)), status_(other.status_) {}

ChildProcess::~ChildProcess() { finish(std::chrono::milliseconds(0)); }

int ChildProcess::finish(std::chrono::milliseconds patience) {
    if (pid_ < 0) {
        return status_;
    }
    // Not reaped yet, so the number is still its own.
    const UniqueFd handle(static_cast<int>(syscall(SYS_pidfd_open, pid_, 0)));
    pollfd file{handle.get(), POLLIN, 0};
    const auto deadline = std::chrono::steady_clock::now() + patience;
    bool ended = false;
    while (!ended) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(
            deadline - std::chrono::steady_clock::now());
        if (left.count() <= 0) {
            break;
        }
        ended = waitpid(pid_, &status_, WNOHANG) == pid_;
        if (!ended) {
            poll(&file, 1, handle ? static_cast<int>(left.count()) : 2);
        }
    }
    if (!ended) {
        ::kill(pid_, SIGKILL);
        while (waitpid(pid_, &status_, 0) < 0 && errno == EINTR) {
        }
    }
    pid_ = -1;
    return status_;
}

}  // namespace rtlgen::process

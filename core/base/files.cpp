// SPDX-License-Identifier: Apache-2.0
#include "core/base/files.h"

#include <fcntl.h>
#include <poll.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <memory>
#include <utility>

#include "core/base/owned_fd.h"
#include "core/base/stop_wait.h"

namespace rtlgen {
namespace fs = std::filesystem;
namespace {

/// An absolute path out of the environment, or empty.
fs::path environment_path(const char* variable) {
    const char* value = std::getenv(variable);
    return value != nullptr && value[0] == '/' ? fs::path(value) : fs::path();
}

/// The home that the user database names, for services that are started without HOME; or empty.
fs::path account_home() {
    constexpr std::size_t kRoom = 16384;
    std::string room(kRoom, '\0');
    passwd account{};
    passwd* found = nullptr;
    const int error = ::getpwuid_r(::geteuid(), &account, room.data(), room.size(), &found);
    if (error != 0 || found == nullptr || found->pw_dir == nullptr) return {};
    return found->pw_dir[0] == '/' ? fs::path(found->pw_dir) : fs::path();
}

/// Empty where this user has no home.
fs::path user_folder(const char* variable, const char* home_relative) {
    if (fs::path named = environment_path(variable); !named.empty()) return named / "rtlgen";
    fs::path home = environment_path("HOME");
    if (home.empty()) home = account_home();
    return home.empty() ? fs::path() : home / home_relative / "rtlgen";
}

/// What is read: a path, or "-".
struct Input {
    std::string name;  ///< as errors say it
    const OwnedFd& fd;
    bool is_pipe;  ///< opened without blocking: its writer may still have to come
};

tl::unexpected<Error> interrupted(const std::string& name) {
    return fail(ErrorCode::Interrupted, "interrupted while waiting for input", name);
}

/// Waits for a writer of a pipe, for as long as one could need to start.
Status wait_for_writer(const Input& input, const StopWait& wait) {
    constexpr int kPatience = 5'000;  // ms
    switch (wait.wait(input.fd.get(), POLLIN, kPatience)) {
        case StopWait::End::Ready: return {};
        case StopWait::End::Stopped: return interrupted(input.name);
        case StopWait::End::TooLong: break;
    }
    return fail(ErrorCode::Unreadable, "is a pipe, and nothing writes to it", input.name);
}

Result<std::string> read_to_end(const Input& input, Bytes cap, const std::stop_token& stop) {
    const StopWait wait(stop);
    bool may_lack_writer = input.is_pipe;
    std::string bytes;
    constexpr std::size_t kChunk = 1U << 16U;
    while (true) {
        // A pipe without a writer is at its end at once; all others are waited for.
        if (!may_lack_writer && wait.wait(input.fd.get(), POLLIN, -1) == StopWait::End::Stopped) {
            return interrupted(input.name);
        }
        const std::size_t size = bytes.size();
        bytes.resize(size + kChunk);
        const ssize_t count = ::read(input.fd.get(), bytes.data() + size, kChunk);
        const int error = count < 0 ? errno : 0;
        bytes.resize(size + static_cast<std::size_t>(count < 0 ? 0 : count));
        if (error != 0 && error != EAGAIN && error != EINTR) {
            return fail(ErrorCode::Unreadable, "can't be read: " + system_reason(error),
                        input.name);
        }
        if (count == 0 && may_lack_writer) {
            TRY(wait_for_writer(input, wait));
        } else if (count == 0) {
            return bytes;
        }
        may_lack_writer = false;
        if (bytes.size() > cap.count) {
            return fail(
                ErrorCode::Unreadable,
                "is larger than " + std::to_string(cap.count >> 20U) + " MiB; name a smaller file",
                input.name);
        }
    }
}

enum class Trust { Any, OwnOrRoot };

/// Of the file that is open, so that none can be put in its place after the look.
Status check_trust(const struct stat& info, const std::string& name) {
    if (info.st_uid != ::geteuid() && info.st_uid != 0) {
        return fail(ErrorCode::Config, "belongs to another user, and would decide what is run",
                    name);
    }
    if ((info.st_mode & S_IWOTH) != 0) {
        return fail(ErrorCode::Config, "may be written by anybody; run chmod o-w on it", name);
    }
    return {};
}

Result<std::string> read_open_path(const fs::path& path, Bytes cap, const std::stop_token& stop,
                                   Trust trust) {
    const bool is_stdin = path == "-";
    const std::string name = is_stdin ? "standard input" : path.string();
    const OwnedFd fd(is_stdin ? STDIN_FILENO
                              : ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (fd.get() < 0) {
        if (errno == ENOENT) return fail(ErrorCode::NotFound, "no such file", name);
        return fail(ErrorCode::Unreadable, "can't be read: " + system_reason(errno), name);
    }
    struct stat info{};
    if (::fstat(fd.get(), &info) != 0) {
        return fail(ErrorCode::Unreadable, "can't be read: " + system_reason(errno), name);
    }
    if (S_ISDIR(info.st_mode)) {
        return fail(ErrorCode::Unreadable, "is a folder, not a file", name);
    }
    if (trust == Trust::OwnOrRoot) TRY(check_trust(info, name));
    return read_to_end({name, fd, !is_stdin && S_ISFIFO(info.st_mode)}, cap, stop);
}

Result<std::string> as_text(std::string bytes, const fs::path& path) {
    if (bytes.find('\0') != std::string::npos) {
        return fail(ErrorCode::Unreadable, "is a binary file, not source text",
                    path == "-" ? "standard input" : path.string());
    }
    constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
    if (bytes.starts_with(kByteOrderMark)) bytes.erase(0, kByteOrderMark.size());
    return bytes;
}

}  // namespace

Result<std::string> read_file(const fs::path& path, Bytes cap, const std::stop_token& stop) {
    return read_open_path(path, cap, stop, Trust::Any);
}

Result<std::string> read_text(const fs::path& path, Bytes cap, const std::stop_token& stop) {
    TRY_ASSIGN(std::string bytes, read_file(path, cap, stop));
    return as_text(std::move(bytes), path);
}

Result<std::string> read_trusted_text(const fs::path& path, Bytes cap) {
    TRY_ASSIGN(std::string bytes, read_open_path(path, cap, {}, Trust::OwnOrRoot));
    return as_text(std::move(bytes), path);
}

fs::path cache_root() {
    fs::path base = environment_path("XDG_CACHE_HOME");
    if (const fs::path home = environment_path("HOME"); base.empty() && !home.empty()) {
        base = home / ".cache";
    }
    // Its users check who owns it.
    if (base.empty()) base = fs::path("/tmp") / ("rtlgen-" + std::to_string(::getuid())) / ".cache";
    return base / "rtlgen" / "v1";
}
fs::path user_config_root() { return user_folder("XDG_CONFIG_HOME", ".config"); }
fs::path user_data_root() { return user_folder("XDG_DATA_HOME", ".local/share"); }

}  // namespace rtlgen

// SPDX-License-Identifier: Apache-2.0
// Writing whole files: links are followed first, so that none is ever replaced by a file.
#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>

#include "core/base/files.h"
#include "core/base/owned_fd.h"

namespace rtlgen {
namespace fs = std::filesystem;
namespace {

tl::unexpected<Error> not_written(const std::string& why, const fs::path& path) {
    return fail(ErrorCode::Io, "can't be written: " + why, path.string());
}

Status write_all(int fd, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(fd, bytes.data(), bytes.size());
        if (written < 0 && errno == EAGAIN) {
            pollfd room{fd, POLLOUT, 0};
            ::poll(&room, 1, -1);
            continue;
        }
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return fail(ErrorCode::Io, system_reason(errno));
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return {};
}

/// Read once: asking for the umask sets it, which other threads would see.
mode_t process_umask() {
    static const mode_t mask = [] {
        const mode_t current = ::umask(S_IWGRP | S_IWOTH);
        ::umask(current);
        return current;
    }();
    return mask;
}

fs::path folder_of(const fs::path& path) {
    return path.has_parent_path() ? path.parent_path() : fs::path(".");
}

/// Whether a name in `folder` stands for an open file or the like, and can't be renamed to.
bool is_in_proc(const fs::path& folder) {
    constexpr long kProcMagic = 0x9fa0;
    struct statfs info{};
    return ::statfs(folder.c_str(), &info) == 0 && static_cast<long>(info.f_type) == kProcMagic;
}

/// Follows links to the name that is to be written; stops at one in /proc, whose target is no name.
Result<fs::path> written_name(const fs::path& path) {
    constexpr int kMostLinks = 40;
    fs::path at = path;
    for (int i = 0; i < kMostLinks; ++i) {
        std::error_code error;
        if (!fs::is_symlink(at, error) || is_in_proc(folder_of(at))) return at;
        const fs::path target = fs::read_symlink(at, error);
        if (error) return not_written(error.message(), path);
        at = folder_of(at) / target;
    }
    return not_written(system_reason(ELOOP), path);
}

/// The number of an open file of this process that `path` in /proc stands for; -1: none.
int own_open_file(const fs::path& path) {
    std::error_code error;
    const fs::path folder = fs::canonical(folder_of(path), error);
    const std::string own = "/proc/" + std::to_string(::getpid()) + "/";
    if (error || !folder.native().starts_with(own) || folder.filename() != "fd") return -1;
    const std::string name = path.filename().string();
    int number = -1;
    const auto parsed = std::from_chars(name.data(), name.data() + name.size(), number);
    const bool whole = parsed.ec == std::errc() && parsed.ptr == name.data() + name.size();
    return whole ? number : -1;
}

/// Where it is: a device, a pipe, an open file. One of this process is written where it stands, as
/// standard output that is appended to a file has to be.
Status write_in_place(const fs::path& path, std::string_view bytes) {
    const int own = own_open_file(path);
    const int flags = own < 0 ? -1 : ::fcntl(own, F_GETFL);
    const bool writable = flags >= 0 && (flags & O_ACCMODE) != O_RDONLY;
    const OwnedFd fd(writable ? ::fcntl(own, F_DUPFD_CLOEXEC, STDERR_FILENO + 1)
                              : ::open(path.c_str(), O_WRONLY | O_TRUNC | O_CLOEXEC));
    if (fd.get() < 0) return not_written(system_reason(errno), path);
    const Status written = write_all(fd.get(), bytes);
    return written ? written : not_written(written.error().message, path);
}

/// Gives the new file the mode and owner of the one that it replaces, or what the umask says.
bool take_over_rights(int fd, const fs::path& path) {
    struct stat old{};
    if (::stat(path.c_str(), &old) != 0) return ::fchmod(fd, 0666U & ~process_umask()) == 0;
    struct stat fresh{};
    if (::fstat(fd, &fresh) != 0) return false;
    mode_t mode = old.st_mode & 0777U;
    const bool same = fresh.st_uid == old.st_uid && fresh.st_gid == old.st_gid;
    if (!same && ::fchown(fd, ::geteuid() == 0 ? old.st_uid : fresh.st_uid, old.st_gid) != 0) {
        mode &= ~static_cast<mode_t>(S_IRWXG);  // what a group had is not for another one
    }
    return ::fchmod(fd, mode) == 0;
}

}  // namespace

Status write_file_atomic(const fs::path& path, std::string_view bytes) {
    TRY_ASSIGN(const fs::path target, written_name(path));
    std::error_code ignored;
    const bool is_special = fs::exists(target, ignored) && !fs::is_regular_file(target, ignored);
    if (is_special || is_in_proc(folder_of(target))) return write_in_place(target, bytes);
    std::string name = target.string() + ".XXXXXX";
    const OwnedFd fd(::mkostemp(name.data(), O_CLOEXEC));
    if (fd.get() < 0) return not_written(system_reason(errno), path);
    const auto give_up = [&](const std::string& why) {
        ::unlink(name.c_str());
        return not_written(why, path);
    };
    if (const Status written = write_all(fd.get(), bytes); !written) {
        return give_up(written.error().message);
    }
    if (!take_over_rights(fd.get(), target) || ::fsync(fd.get()) != 0 ||
        ::rename(name.c_str(), target.c_str()) != 0) {
        return give_up(system_reason(errno));
    }
    const OwnedFd folder(::open(folder_of(target).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (folder.get() >= 0) ::fsync(folder.get());
    return {};
}

}  // namespace rtlgen

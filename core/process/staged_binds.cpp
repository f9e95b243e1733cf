// SPDX-License-Identifier: Apache-2.0
// Decides by the mode bits of what is bound: inside the jail the folders above it are bubblewrap's.
#include "core/process/staged_binds.h"
#include "core/base/temp_folder.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <system_error>

namespace rtlgen::process {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kMostCopied = mebibytes(64).count;

bool all_may_read(const fs::path& path) {
    struct stat status{};
    if (stat(path.c_str(), &status) != 0) {
        return false;
    }
    const mode_t wanted = S_ISDIR(status.st_mode) ? S_IROTH | S_IXOTH : S_IROTH;
    return (status.st_mode & wanted) == wanted;
}

/// False too where the walk itself fails.
bool all_may_read_tree(const fs::path& path) {
    std::error_code error;
    if (!all_may_read(path)) {
        return false;
    }
    if (!fs::is_directory(path, error)) {
        return true;
    }
    constexpr int kLook = 2000;  // a larger tree is a tool's own, and installed for all
    int looked = 0;
    for (fs::recursive_directory_iterator at(path, error), end;
         !error && at != end && looked < kLook; at.increment(error), ++looked) {
        if (!at->is_symlink(error) && !all_may_read(at->path())) {
            return false;
        }
    }
    return !error;
}

void open_to_all(const fs::path& path) {
    std::error_code error;
    if (fs::is_symlink(path, error)) {
        return;
    }
    fs::perms add = fs::perms::group_read | fs::perms::others_read;
    if (fs::is_directory(path, error) ||
        (fs::status(path, error).permissions() & fs::perms::owner_exec) != fs::perms::none) {
        add |= fs::perms::group_exec | fs::perms::others_exec;
    }
    fs::permissions(path, add, fs::perm_options::add, error);
}

Status copy_error(const fs::path& from, const std::error_code& error) {
    return fail(ErrorCode::Io, fmt::format("can't be copied for the jail: {}", error.message()),
                from.string());
}

/// One file or link; `copied` gets its bytes. Pipes, sockets and devices are left out.
Status copy_entry(const fs::path& from, const fs::path& to, std::uint64_t& copied) {
    std::error_code error;
    const fs::file_status status = fs::symlink_status(from, error);
    if (fs::is_symlink(status)) {
        fs::copy_symlink(from, to, error);
    } else if (fs::is_regular_file(status)) {
        const auto size = fs::file_size(from, error);
        if (!error) copied += size;
        if (!error && copied <= kMostCopied) fs::copy_file(from, to, error);
    }
    // The folder is the user's, and in use: what is gone by now was never for the job.
    if (error && error != std::errc::no_such_file_or_directory) return copy_error(from, error);
    open_to_all(to);
    return {};
}

/// Copies until `copied` is above the most.
Status copy_readable(const fs::path& from, const fs::path& to, std::uint64_t& copied) {
    std::error_code error;
    if (!fs::is_directory(from, error) || fs::is_symlink(from, error)) {
        return copy_entry(from, to, copied);
    }
    fs::create_directory(to, error);
    if (error) return copy_error(from, error);
    open_to_all(to);
    fs::directory_iterator at(from, error);
    for (const fs::directory_iterator end; !error && at != end && copied <= kMostCopied;
         at.increment(error)) {
        TRY(copy_readable(at->path(), to / at->path().filename(), copied));
    }
    if (error && error != std::errc::no_such_file_or_directory) return copy_error(from, error);
    return {};
}

/// Whether a user without rights can walk to `path` on the host and read all of it.
bool all_may_reach(const fs::path& path) {
    for (fs::path folder = path.parent_path(); folder.has_relative_path();
         folder = folder.parent_path()) {
        struct stat status{};
        if (stat(folder.c_str(), &status) != 0 || (status.st_mode & S_IXOTH) == 0) {
            return false;
        }
    }
    return all_may_read_tree(path);
}

Status check_on_host(const ReadOnlyBind& bind, const JobUser& user) {
    if (bind.inside != bind.host) {
        return fail(ErrorCode::InvalidArgument,
                    fmt::format("can't be shown at '{}' without bubblewrap: level S1 knows the "
                                "host's own paths alone",
                                bind.inside.string()),
                    bind.host.string());
    }
    if (user.uid != 0 && !all_may_reach(bind.host)) {
        return fail(ErrorCode::Unreadable,
                    "root's jobs run as a user without rights, who can't reach this at level S1: "
                    "install bubblewrap, open the folders to all, or run rtlgen as an ordinary "
                    "user",
                    bind.host.string());
    }
    return {};
}

Status check_readable(const fs::path& path) {
    if (access(path.c_str(), F_OK) != 0) {
        return fail(ErrorCode::NotFound, "isn't there, and a job wants to read it", path.string());
    }
    if (access(path.c_str(), R_OK) != 0) {
        return fail(ErrorCode::Unreadable, "can't be read, and a job wants to", path.string());
    }
    return {};
}

/// Puts a copy of `bind.host` in its place; `copied` sums the bytes of all.
Status stage_copy(ReadOnlyBind& bind, StagedBinds& staged, std::uint64_t& copied) {
    if (!staged.copies) {
        TRY_ASSIGN(auto folder, TempFolder::create());
        staged.copies = std::make_shared<TempFolder>(std::move(folder));
    }
    const fs::path from = bind.host;
    bind.host = staged.copies->path() / std::to_string(staged.binds.size());
    TRY(copy_readable(from, bind.host, copied));
    if (copied <= kMostCopied) return {};
    return fail(ErrorCode::Unreadable,
                fmt::format("root's jobs run as a user without rights, who can't read this: "
                            "run `chmod -R a+rX {}`, or rtlgen as an ordinary user",
                            from.string()),
                from.string());
}

/// `ready` is read by the job as it is, or as a copy that it may read.
Status stage(ReadOnlyBind& ready, const JobUser& user, IsolationLevel level, StagedBinds& staged,
             std::uint64_t& copied) {
    if (level < IsolationLevel::S2) return check_on_host(ready, user);
    if (user.uid == 0 || all_may_read_tree(ready.host)) return {};
    return stage_copy(ready, staged, copied);
}

}  // namespace

Result<StagedBinds> stage_binds(const std::vector<ReadOnlyBind>& binds, const JobUser& user,
                                IsolationLevel level) {
    StagedBinds staged;
    std::uint64_t copied = 0;
    for (const ReadOnlyBind& bind : binds) {
        TRY(check_readable(bind.host));
        ReadOnlyBind ready{bind.host, bind.inside.empty() ? bind.host : bind.inside};
        TRY(stage(ready, user, level, staged, copied));
        staged.binds.push_back(std::move(ready));
    }
    return staged;
}

}  // namespace rtlgen::process

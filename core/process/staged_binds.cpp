// SPDX-License-Identifier: Apache-2.0
// Decides by the mode bits of what is bound: inside the jail the folders above it are bubblewrap's.
#include "core/process/staged_binds.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <system_error>

#include "core/base/temp_folder.h"
#include "core/process/private_parts.h"

namespace rtlgen::process {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kMostCopied = mebibytes(64).count;
constexpr std::uint64_t kMostEntries = 20'000;
/// Each is a mount of the jail's.
constexpr std::size_t kMostParts = 64;

/// Whether a user without rights can walk to `path` on the host.
bool all_may_walk_to(const fs::path& path) {
    for (fs::path folder = path.parent_path(); folder.has_relative_path();
         folder = folder.parent_path()) {
        struct stat status{};
        if (stat(folder.c_str(), &status) != 0 || (status.st_mode & S_IXOTH) == 0) {
            return false;
        }
    }
    return true;
}

Status check_on_host(const ReadOnlyBind& bind, const JobUser& user) {
    if (bind.inside != bind.host) {
        return fail(ErrorCode::InvalidArgument,
                    fmt::format("can't be shown at '{}' without bubblewrap: level S1 knows the "
                                "host's own paths alone",
                                bind.inside.string()),
                    bind.host.string());
    }
    if (user.uid == 0) return {};
    std::vector<fs::path> closed = private_parts(bind.host);
    if (!all_may_walk_to(bind.host)) closed = {bind.host};
    if (closed.empty()) return {};
    return fail(ErrorCode::Unreadable,
                "root's jobs run as a user without rights, who can't reach this at level S1: "
                "install bubblewrap, open the folders above it to all, or run rtlgen as an "
                "ordinary user",
                closed.front().string());
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

/// Shows a copy of `part` where it lies in `bind`.
Status stage_copy(const ReadOnlyBind& bind, const fs::path& part, StagedBinds& staged,
                  CopyBudget& budget) {
    if (!staged.copies) {
        TRY_ASSIGN(auto folder, TempFolder::create());
        staged.copies = std::make_shared<TempFolder>(std::move(folder));
    }
    const fs::path copy = staged.copies->path() / std::to_string(staged.binds.size());
    TRY(copy_readable(part, copy, budget));
    if (budget.spent) {
        return fail(ErrorCode::Unreadable,
                    "root's jobs run as a user without rights, who can't read this, and more than "
                    "64 MiB of it would have to be copied: run rtlgen as an ordinary user, or keep "
                    "the design in a folder of its own that others may read",
                    part.string());
    }
    std::error_code error;
    if (!fs::exists(fs::symlink_status(copy, error))) return {};  // gone meanwhile
    const fs::path inside =
        part == bind.host ? bind.inside : bind.inside / part.lexically_relative(bind.host);
    staged.binds.push_back({copy, inside});
    return {};
}

/// `bind` as it is, with copies in front of those parts that the job's user could not read.
Status stage(const ReadOnlyBind& bind, const JobUser& user, IsolationLevel level,
             StagedBinds& staged, CopyBudget& budget) {
    if (level < IsolationLevel::S2) TRY(check_on_host(bind, user));
    std::vector<fs::path> parts;
    if (level >= IsolationLevel::S2 && user.uid != 0) parts = private_parts(bind.host);
    if (parts.size() > kMostParts) parts = {bind.host};
    if (parts.empty() || parts.front() != bind.host) staged.binds.push_back(bind);
    for (const fs::path& part : parts) TRY(stage_copy(bind, part, staged, budget));
    return {};
}

}  // namespace

Result<StagedBinds> stage_binds(const std::vector<ReadOnlyBind>& binds, const JobUser& user,
                                IsolationLevel level) {
    StagedBinds staged;
    CopyBudget budget{kMostCopied, kMostEntries};
    for (const ReadOnlyBind& bind : binds) {
        TRY(check_readable(bind.host));
        const ReadOnlyBind ready{bind.host, bind.inside.empty() ? bind.host : bind.inside};
        TRY(stage(ready, user, level, staged, budget));
    }
    return staged;
}

}  // namespace rtlgen::process

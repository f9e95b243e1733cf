// SPDX-License-Identifier: Apache-2.0
#include "core/base/cache_folder.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "core/base/files.h"

namespace rtlgen {
namespace fs = std::filesystem;
namespace {

/// Whom files of unmapped users belong to, seen from within a user namespace.
constexpr uid_t kOverflowUser = 65534;

tl::unexpected<Error> untrusted(const std::string& what, const fs::path& place) {
    return fail(ErrorCode::Unreadable,
                what + "; mend that, or name another folder in XDG_CACHE_HOME", place.string());
}

/// A folder on the way to the cache: who could put another one in its place?
Status check_above(const fs::path& folder) {
    struct stat own{};
    if (::lstat(folder.c_str(), &own) != 0) return {};
    if (own.st_uid != ::geteuid() && own.st_uid != 0 && own.st_uid != kOverflowUser) {
        return untrusted("a folder above the cache belongs to another user", folder);
    }
    constexpr mode_t kShared = S_IWOTH | S_ISVTX;
    if (!S_ISLNK(own.st_mode) && (own.st_mode & kShared) == S_IWOTH) {
        return untrusted("a folder above the cache can be written by everybody", folder);
    }
    return {};
}

/// The cache itself, or the folder `rtlgen` that holds it.
Status check_own(const fs::path& folder) {
    struct stat info{};
    if (::stat(folder.c_str(), &info) != 0) {
        if (errno == ENOENT) return {};
        return untrusted(std::string("the cache can't be used: ") + std::strerror(errno), folder);
    }
    if (!S_ISDIR(info.st_mode)) return untrusted("a file stands where the cache would be", folder);
    if (info.st_uid != ::geteuid()) {
        return untrusted("the cache belongs to another user", folder);
    }
    if ((info.st_mode & (S_IWGRP | S_IWOTH)) != 0) {
        return untrusted("the cache can be written by others (run chmod go-w)", folder);
    }
    return {};
}

}  // namespace

const std::vector<CacheKindRow>& cache_kinds() {
    static const std::vector<CacheKindRow> table = {
        {CacheKind::Jail, "jail", Removal::Allowed},
        {CacheKind::Canary, "canary", Removal::Allowed},
        {CacheKind::Probes, "probes", Removal::Allowed},
        {CacheKind::VerilatorRuntime, "verilator-runtime", Removal::Allowed},
        {CacheKind::Responses, "responses", Removal::Never},
        {CacheKind::Slots, "slots", Removal::Never},
    };
    return table;
}

std::string_view to_string(CacheKind kind) {
    return std::ranges::find(cache_kinds(), kind, &CacheKindRow::kind)->name;
}

fs::path CacheFolder::folder(CacheKind kind) const { return root_ / to_string(kind); }

fs::path CacheFolder::entry(CacheKind kind, std::string_view key) const {
    return folder(kind) / key;
}

Status CacheFolder::make(CacheKind kind) const {
    const fs::path made = folder(kind);
    std::error_code error;
    if (fs::is_directory(made, error)) return {};
    const bool fresh = !fs::exists(root_.parent_path(), error);
    fs::create_directories(made, error);
    if (error) return fail(ErrorCode::Io, error.message(), made.string());
    // A umask may leave a new folder open to a group.
    constexpr fs::perms kOthers = fs::perms::group_write | fs::perms::others_write;
    for (const fs::path& own : {made, root_}) {
        fs::permissions(own, kOthers, fs::perm_options::remove, error);
    }
    if (fresh) fs::permissions(root_.parent_path(), kOthers, fs::perm_options::remove, error);
    return {};
}

Status check_cache_root(const fs::path& root) {
    for (fs::path above = root; above.has_relative_path(); above = above.parent_path()) {
        TRY(check_above(above));
    }
    TRY(check_own(root.parent_path()));
    return check_own(root);
}

CacheFolder default_cache(Bytes max_size) {
    fs::path root = cache_root();
    if (!check_cache_root(root)) return {};
    return {std::move(root), max_size};
}

}  // namespace rtlgen

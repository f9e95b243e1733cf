// SPDX-License-Identifier: Apache-2.0
#include "core/base/cache_contents.h"

#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <map>
#include <optional>

namespace rtlgen {
namespace fs = std::filesystem;
namespace {

using Time = CacheEntry::Time;

std::optional<Time> modified(const fs::path& path) {
    struct stat info{};
    if (::lstat(path.c_str(), &info) != 0) return std::nullopt;
    return Time(
        std::chrono::duration_cast<Time::duration>(std::chrono::seconds(info.st_mtim.tv_sec) +
                                                   std::chrono::nanoseconds(info.st_mtim.tv_nsec)));
}

/// What write_file_atomic writes before it renames: NAME.XXXXXX.
bool is_half_written(std::string_view name) {
    const std::size_t dot = name.rfind('.');
    constexpr std::size_t kRandom = 6;
    return dot != std::string_view::npos && name.size() - dot - 1 == kRandom &&
           std::ranges::all_of(name.substr(dot + 1), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
           });
}

/// What SQLite keeps beside a database while it is used.
constexpr std::array<std::string_view, 3> kSqliteSuffixes = {"-wal", "-shm", "-journal"};

/// The key that a name in a kind's folder belongs to, and whether it is the entry itself.
std::pair<std::string, CacheEntry::State> key_of(std::string name) {
    for (const std::string_view suffix : {kLockSuffix, kNewSuffix, kGoneSuffix}) {
        if (name.ends_with(suffix)) {
            name.resize(name.size() - suffix.size());
            return {std::move(name), CacheEntry::State::Leftover};
        }
    }
    for (const std::string_view suffix : kSqliteSuffixes) {
        if (name.starts_with(kResponsesKey) && name.ends_with(suffix)) {
            return {std::string(kResponsesKey), CacheEntry::State::Leftover};
        }
    }
    const auto state =
        is_half_written(name) ? CacheEntry::State::Leftover : CacheEntry::State::Whole;
    return {std::move(name), state};
}

Error unreadable(int error, const fs::path& path) {
    return {ErrorCode::Unreadable, std::string("can't be read: ") + std::strerror(error),
            path.string()};
}

/// A kind's folder that is a link leads out of the cache, and is left alone.
Status read_kind(const fs::path& folder, CacheKind kind, std::vector<CacheEntry>& entries) {
    std::error_code error;
    if (!fs::is_directory(fs::symlink_status(folder, error))) return {};
    std::map<std::string, CacheEntry> found;
    fs::directory_iterator at(folder, error);
    for (const fs::directory_iterator end; !error && at != end; at.increment(error)) {
        const auto [key, state] = key_of(at->path().filename().string());
        const auto [place, fresh] =
            found.try_emplace(key, CacheEntry{kind, key, CacheEntry::State::Leftover, {}, {}});
        CacheEntry& entry = place->second;
        if (state == CacheEntry::State::Whole) entry.state = state;
        entry.size.count += tree_size(at->path()).count;
        entry.last_use = std::max(entry.last_use, modified(at->path()).value_or(Time()));
    }
    if (error) return tl::unexpected(unreadable(error.value(), folder));
    for (auto& [key, entry] : found) entries.push_back(std::move(entry));
    return {};
}

}  // namespace

std::size_t CacheContents::count() const {
    return static_cast<std::size_t>(
        std::ranges::count(entries, CacheEntry::State::Whole, &CacheEntry::state));
}

Bytes CacheContents::size() const {
    Bytes sum;
    for (const CacheEntry& entry : entries) sum.count += entry.size.count;
    return sum;
}

Result<CacheContents> read_cache(const CacheFolder& cache) {
    CacheContents contents;
    struct stat info{};
    if (::stat(cache.root().c_str(), &info) != 0) {
        if (errno == ENOENT) return contents;
        return tl::unexpected(unreadable(errno, cache.root()));
    }
    if (!S_ISDIR(info.st_mode)) {
        return fail(ErrorCode::Unreadable,
                    "is a file where the cache would be; move it away, or name another folder in "
                    "XDG_CACHE_HOME",
                    cache.root().string());
    }
    std::error_code error;
    fs::directory_iterator at(cache.root(), error);
    for (const fs::directory_iterator end; !error && at != end; at.increment(error)) {
        std::string name = at->path().filename().string();
        if (std::ranges::find(cache_kinds(), name, &CacheKindRow::name) == cache_kinds().end()) {
            contents.others.push_back(std::move(name));
        }
    }
    if (error) return tl::unexpected(unreadable(error.value(), cache.root()));
    std::ranges::sort(contents.others);
    for (const CacheKindRow& row : cache_kinds()) {
        TRY(read_kind(cache.folder(row.kind), row.kind, contents.entries));
    }
    return contents;
}

Bytes tree_size(const fs::path& path) {
    struct stat info{};
    if (::lstat(path.c_str(), &info) != 0) return {};
    if (S_ISREG(info.st_mode)) return {static_cast<std::uint64_t>(info.st_size)};
    if (!S_ISDIR(info.st_mode)) return {};
    Bytes sum;
    std::error_code error;
    fs::recursive_directory_iterator at(path, fs::directory_options::skip_permission_denied, error);
    for (const fs::recursive_directory_iterator end; !error && at != end; at.increment(error)) {
        if (::lstat(at->path().c_str(), &info) == 0 && S_ISREG(info.st_mode)) {
            sum.count += static_cast<std::uint64_t>(info.st_size);
        }
    }
    return sum;
}

}  // namespace rtlgen

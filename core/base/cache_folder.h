// SPDX-License-Identifier: Apache-2.0
// The layout of the cache: ROOT/KIND/KEY is an entry, KEY.lock beside it the lock of its users.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/base/units.h"

namespace rtlgen {

/// What the cache holds.
enum class CacheKind { Jail, Canary, Probes, VerilatorRuntime, Responses, Slots };

/// Whether prune_cache may take entries of a kind away. Responses are rows of a database, which
/// prunes itself (core/store/response_prune.h).
enum class Removal { Allowed, Never };

struct CacheKindRow {
    CacheKind kind;
    std::string_view name;  ///< as shown, and its folder below the root
    Removal removal;
};

/// A row for each kind, in the order in which they are shown.
const std::vector<CacheKindRow>& cache_kinds();
[[nodiscard]] std::string_view to_string(CacheKind kind);

/// Applied by itself after an entry was added.
inline constexpr Bytes kDefaultCacheSize = gibibytes(4);

/// The only file of CacheKind::Responses, beside what SQLite keeps with it.
inline constexpr std::string_view kResponsesKey = "responses.sqlite";

/// The only file of CacheKind::Probes.
inline constexpr std::string_view kProbesKey = "probes.json";

/// Beside an entry KEY stand KEY.lock, KEY.new while it is made and KEY.gone while it is removed,
/// both by who holds the lock exclusively.
inline constexpr std::string_view kLockSuffix = ".lock";
inline constexpr std::string_view kNewSuffix = ".new";
inline constexpr std::string_view kGoneSuffix = ".gone";

/// A cache, or none: then nothing is kept. Names paths, makes nothing by itself.
class CacheFolder {
public:
    CacheFolder() = default;
    /// A folder is a cache: callers that have no wish about its size give the path alone.
    CacheFolder(std::filesystem::path root,  // NOLINT(google-explicit-constructor)
                Bytes max_size = kDefaultCacheSize)
        : root_(std::move(root)), max_size_(max_size) {}

    [[nodiscard]] bool empty() const { return root_.empty(); }
    [[nodiscard]] const std::filesystem::path& root() const { return root_; }
    [[nodiscard]] Bytes max_size() const { return max_size_; }
    [[nodiscard]] std::filesystem::path folder(CacheKind kind) const;
    [[nodiscard]] std::filesystem::path entry(CacheKind kind, std::string_view key) const;

    /// Makes the folder of a kind; what is made can be written by its owner alone. Error Io.
    [[nodiscard]] Status make(CacheKind kind) const;

private:
    std::filesystem::path root_;
    Bytes max_size_ = kDefaultCacheSize;
};

/// Whether a cache at `root` can be trusted: a folder (or nothing yet) that belongs to this user
/// and that nobody else can write or exchange. Error Unreadable, with what to do.
Status check_cache_root(const std::filesystem::path& root);

/// The cache at cache_root(), or none where that can't be trusted.
[[nodiscard]] CacheFolder default_cache(Bytes max_size = kDefaultCacheSize);

}  // namespace rtlgen

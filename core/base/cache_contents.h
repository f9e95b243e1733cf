// SPDX-License-Identifier: Apache-2.0
// What lies in a cache: read without locks, so that it is true of the moment alone.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "core/base/cache_folder.h"
#include "core/base/result.h"
#include "core/base/units.h"

namespace rtlgen {

struct CacheEntry {
    using Time = std::chrono::system_clock::time_point;
    /// Leftover: what a process that was killed left beside an entry or in place of one, or what
    /// another makes just now; only the entry's lock tells.
    enum class State { Whole, Leftover };

    CacheKind kind = CacheKind::Jail;
    std::string key;
    State state = State::Whole;
    Bytes size;
    Time last_use;
};

struct CacheContents {
    std::vector<CacheEntry> entries;  ///< by kind, then by key
    std::vector<std::string> others;  ///< names below the root that are no kind of this version

    /// Whole entries, of one kind or of all.
    [[nodiscard]] std::size_t count() const;
    [[nodiscard]] Bytes size() const;
};

/// A cache that isn't there is empty. Links are not followed. Error Unreadable.
Result<CacheContents> read_cache(const CacheFolder& cache);

/// The bytes of a file, or of all files in a folder; links count nothing.
[[nodiscard]] Bytes tree_size(const std::filesystem::path& path);

}  // namespace rtlgen

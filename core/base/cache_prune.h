// SPDX-License-Identifier: Apache-2.0
// Takes entries out of a cache: what is stale, then what was used least recently. An entry in use
// stays, and none is ever seen half removed.
#pragma once

#include <chrono>
#include <optional>
#include <stop_token>
#include <vector>

#include "core/base/cache_contents.h"
#include "core/base/cache_folder.h"

namespace rtlgen {

struct PruneRule {
    /// All: whatever its size and age.
    enum class Which { Stale, All } which = Which::Stale;
    std::optional<Bytes> max_size;               ///< least recently used ones go until under it
    std::optional<CacheEntry::Time> used_since;  ///< what was used before goes
    /// Canaries that last sang before it are never believed again.
    CacheEntry::Time machine_start{};
};

struct PruneReport {
    std::vector<CacheEntry> removed;  ///< in the order of removal; leftovers among them
    std::size_t in_use = 0;           ///< should have gone, and somebody uses them
    std::vector<Error> problems;      ///< what could not be removed
    std::size_t entries_left = 0;
    Bytes size_left;
};

/// Errors: Unreadable (no folder, no permission, a link in the root's place: nothing is removed
/// then), Interrupted.
Result<PruneReport> prune_cache(const CacheFolder& cache, const PruneRule& rule,
                                const std::stop_token& stop = {});

/// After an entry was added: brings the cache under its size. What can't be removed stays.
void apply_max_size(const CacheFolder& cache);

/// When this machine was started; the epoch where it can't be known.
[[nodiscard]] CacheEntry::Time machine_start();

}  // namespace rtlgen

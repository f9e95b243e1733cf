// SPDX-License-Identifier: Apache-2.0
// What `rtlgen cache` does with the response cache: counts its answers, and takes some away.
#pragma once

#include <cstddef>
#include <optional>
#include <stop_token>

#include "core/base/cache_folder.h"
#include "core/base/cache_prune.h"
#include "core/base/result.h"

namespace rtlgen::store {

struct ResponseSum {
    std::size_t entries = 0;
    CacheEntry::Time last_use{};  ///< the epoch where there is none
};

/// Nothing where there is no response cache. Errors: Io, Unreadable (damaged), Config (newer).
Result<ResponseSum> sum_responses(const CacheFolder& cache);

struct ResponsePrune {
    std::size_t removed = 0;
    Bytes freed;
    ResponseSum left;
};

/// All: every answer, and the files with them where no other process has them open, damaged ones
/// too. Else what was not used since `used_since`, and the least recently used until the file takes
/// less than `max_size`. The file shrinks by what is gone, and can be pruned while it is used.
/// Errors: Io, Unreadable (damaged: only All helps), Config, Interrupted.
Result<ResponsePrune> prune_responses(const CacheFolder& cache, const PruneRule& rule,
                                      const std::stop_token& stop = {});

}  // namespace rtlgen::store

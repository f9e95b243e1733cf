// SPDX-License-Identifier: Apache-2.0
// Answers that were paid for, in SQLite below the cache's root: asked for again, by any Run and any
// process of this user, they come from here.
#pragma once

#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "core/base/cache_folder.h"
#include "core/base/cache_lock.h"
#include "core/base/result.h"
#include "core/llm/backend.h"
#include "core/store/sqlite.h"

namespace rtlgen::store {

/// Hash of the backend's name and destination, of all that it would send for the request (its
/// preview), and of messages, sampling, sample and turn.
[[nodiscard]] std::string response_key(const llm::Backend& backend,
                                       const llm::CompletionRequest& request);

/// Thread-safe; several processes may have the same one open. Its files can be read by this user
/// alone. What a loss of power takes away are the latest answers.
class ResponseCache {
public:
    using Time = std::chrono::system_clock::time_point;

    /// Makes it where it isn't there. `cache` must not be empty; answers take half of its size at
    /// most, the least recently used ones go first.
    /// Errors: Io, Unreadable (damaged), Config (of a newer rtlgen), Interrupted.
    static Result<std::unique_ptr<ResponseCache>> open(const CacheFolder& cache,
                                                       const std::stop_token& stop = {});

    /// As it was kept; none where it isn't there, or where its bytes are not those that were
    /// written. Errors: Io, Unreadable.
    Result<std::optional<llm::Completion>> find(const std::string& key, Time now);
    /// Replaces what was there. Errors: Io (the disk is full, ...), Unreadable.
    Status keep(const std::string& key, const llm::Completion& completion, Time now);

private:
    ResponseCache(CacheLock lock, Database database, Bytes max_size);
    Status touch(const std::string& key, Time now);
    Status apply_max_size();

    CacheLock lock_;  ///< shared: the files stay while it is held
    std::mutex mutex_;
    Database database_;
    Bytes max_size_;
    int kept_ = 0;  ///< since the size was looked at
};

/// Holds other processes off while the database is made, or its files are removed.
Result<CacheLock> lock_response_setup(const CacheFolder& cache, const std::stop_token& stop);

/// Opens the database that is there, or with Mode::Create makes it.
Result<Database> open_responses(const CacheFolder& cache, Database::Mode mode);

/// What all pages of the file take that hold something.
Result<Bytes> used_size(Database& database);

/// The least recently used rows go until less than `most` is used, and the file shrinks.
Status shrink_responses(Database& database, Bytes most);

}  // namespace rtlgen::store

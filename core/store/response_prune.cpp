// SPDX-License-Identifier: Apache-2.0
#include "core/store/response_prune.h"

#include <algorithm>
#include <array>
#include <string>
#include <system_error>

#include "core/base/cache_lock.h"
#include "core/store/response_cache.h"

namespace rtlgen::store {
namespace fs = std::filesystem;
namespace {

constexpr std::array<const char*, 4> kFileSuffixes = {"", "-wal", "-shm", "-journal"};

fs::path database_path(const CacheFolder& cache) {
    return cache.entry(CacheKind::Responses, kResponsesKey);
}

bool is_there(const CacheFolder& cache) {
    std::error_code error;
    return fs::is_regular_file(fs::symlink_status(database_path(cache), error));
}

Bytes file_sizes(const CacheFolder& cache) {
    Bytes sum;
    for (const char* suffix : kFileSuffixes) {
        sum.count += tree_size(database_path(cache).string() + suffix).count;
    }
    return sum;
}

Result<ResponseSum> sum_of(Database& database) {
    TRY_ASSIGN(Statement query, database.prepare("SELECT count(*), max(last_use) FROM response"));
    TRY(query.step());
    return ResponseSum{static_cast<std::size_t>(query.integer(0)),
                       CacheEntry::Time(std::chrono::milliseconds(query.integer(1)))};
}

/// The files themselves; false where another process has them open.
Result<bool> remove_files(const CacheFolder& cache) {
    TRY_ASSIGN(std::optional<CacheLock> lock,
               CacheLock::try_take(database_path(cache), CacheLock::Mode::Exclusive));
    if (!lock) return false;
    for (const char* suffix : kFileSuffixes) {
        std::error_code error;
        const fs::path path = database_path(cache).string() + suffix;
        fs::remove(path, error);
        if (error) {
            return fail(ErrorCode::Io, "can't be removed: " + error.message(), path.string());
        }
    }
    lock->remove_file();
    return true;
}

Status remove_rows(Database& database, const PruneRule& rule) {
    if (rule.which == PruneRule::Which::All) {
        TRY(database.execute("DELETE FROM response"));
    } else if (rule.used_since) {
        const auto since = std::chrono::duration_cast<std::chrono::milliseconds>(
            rule.used_since->time_since_epoch());
        TRY_ASSIGN(Statement remove, database.prepare("DELETE FROM response WHERE last_use < ?"));
        TRY(remove.bind(1, std::int64_t{since.count()}).run());
    }
    const Bytes any{~std::uint64_t{0}};
    return shrink_responses(database, rule.max_size.value_or(any));
}

}  // namespace

Result<ResponseSum> sum_responses(const CacheFolder& cache) {
    if (!is_there(cache)) return ResponseSum{};
    TRY_ASSIGN(Database database, open_responses(cache, Database::Mode::ReadOnly));
    return sum_of(database);
}

Result<ResponsePrune> prune_responses(const CacheFolder& cache, const PruneRule& rule,
                                      const std::stop_token& stop) {
    ResponsePrune report;
    if (!is_there(cache)) return report;
    TRY_ASSIGN(const CacheLock setup, lock_response_setup(cache, stop));
    const Bytes size_before = file_sizes(cache);
    if (rule.which == PruneRule::Which::All) {
        const Result<ResponseSum> before = sum_responses(cache);
        TRY_ASSIGN(const bool gone, remove_files(cache));
        if (gone) return ResponsePrune{before ? before->entries : 0, size_before, {}};
    }
    TRY_ASSIGN(Database database, open_responses(cache, Database::Mode::ReadWrite));
    TRY_ASSIGN(const ResponseSum before, sum_of(database));
    TRY(remove_rows(database, rule));
    TRY_ASSIGN(report.left, sum_of(database));
    report.removed = before.entries - std::min(before.entries, report.left.entries);
    const Bytes size_left = file_sizes(cache);
    report.freed.count = size_before.count - std::min(size_before.count, size_left.count);
    return report;
}

}  // namespace rtlgen::store

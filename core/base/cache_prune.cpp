// SPDX-License-Identifier: Apache-2.0
#include "core/base/cache_prune.h"

#include <algorithm>
#include <fstream>
#include <string>

#include "core/base/cache_lock.h"

namespace rtlgen {
namespace fs = std::filesystem;
namespace {

Removal removal_of(CacheKind kind) {
    return std::ranges::find(cache_kinds(), kind, &CacheKindRow::kind)->removal;
}

enum class Outcome { Removed, InUse, Gone };

Error not_removed(const std::error_code& error, const fs::path& path) {
    return {ErrorCode::Io, "can't be removed: " + error.message(), path.string()};
}

/// Renamed away first: whoever looks finds the whole entry or none.
Result<Outcome> remove_entry(const fs::path& entry) {
    TRY_ASSIGN(std::optional<CacheLock> lock,
               CacheLock::try_take(entry, CacheLock::Mode::Exclusive));
    if (!lock) return Outcome::InUse;
    const fs::path gone = entry.string() + std::string(kGoneSuffix);
    const fs::path fresh = entry.string() + std::string(kNewSuffix);
    std::error_code error;
    std::uintmax_t removed = fs::remove_all(gone, error);
    if (error) return tl::unexpected(not_removed(error, gone));
    fs::rename(entry, gone, error);
    if (error && error != std::errc::no_such_file_or_directory) {
        return tl::unexpected(not_removed(error, entry));
    }
    for (const fs::path& path : {gone, fresh}) {
        removed += fs::remove_all(path, error);
        if (error) return tl::unexpected(not_removed(error, path));
    }
    lock->remove_file();
    return removed > 0 ? Outcome::Removed : Outcome::Gone;
}

bool is_due(const CacheEntry& entry, const PruneRule& rule) {
    if (rule.which == PruneRule::Which::All) return true;
    if (entry.state == CacheEntry::State::Leftover) return true;
    if (rule.used_since && entry.last_use < *rule.used_since) return true;
    return entry.kind == CacheKind::Canary && entry.last_use < rule.machine_start;
}

class Pruner {
public:
    Pruner(const CacheFolder& cache, CacheContents contents) : cache_(cache) {
        report_.entries_left = contents.count();
        report_.size_left = contents.size();
        entries_ = std::move(contents.entries);
        std::erase_if(entries_, [](const CacheEntry& entry) {
            return removal_of(entry.kind) == Removal::Never;
        });
        std::ranges::stable_sort(entries_, {}, &CacheEntry::last_use);
    }

    /// What `wanted` says, the least recently used first.
    template <class Wanted>
    Status remove_if(const Wanted& wanted, const std::stop_token& stop) {
        std::vector<CacheEntry> stays;
        for (CacheEntry& entry : entries_) {
            if (stop.stop_requested()) {
                return fail(ErrorCode::Interrupted, "interrupted; what was removed is whole",
                            cache_.root().string());
            }
            if (!wanted(entry)) {
                stays.push_back(std::move(entry));
            } else {
                remove(entry);
            }
        }
        entries_ = std::move(stays);
        return {};
    }

    [[nodiscard]] Bytes size() const { return report_.size_left; }
    PruneReport finish() { return std::move(report_); }

private:
    void remove(CacheEntry& entry) {
        const auto outcome = remove_entry(cache_.entry(entry.kind, entry.key));
        if (!outcome) {
            report_.problems.push_back(outcome.error());
            return;
        }
        if (*outcome == Outcome::InUse) {
            if (entry.state == CacheEntry::State::Whole) ++report_.in_use;
            return;
        }
        report_.size_left.count -= entry.size.count;
        if (entry.state == CacheEntry::State::Whole) --report_.entries_left;
        if (*outcome == Outcome::Removed) report_.removed.push_back(std::move(entry));
    }

    const CacheFolder& cache_;
    std::vector<CacheEntry> entries_;
    PruneReport report_;
};

}  // namespace

Result<PruneReport> prune_cache(const CacheFolder& cache, const PruneRule& rule,
                                const std::stop_token& stop) {
    std::error_code error;
    if (fs::is_symlink(cache.root(), error)) {
        return fail(ErrorCode::Unreadable,
                    "is a link, which prune doesn't follow; name the cache's own folder in "
                    "XDG_CACHE_HOME",
                    cache.root().string());
    }
    TRY(check_cache_root(cache.root()));
    TRY_ASSIGN(CacheContents contents, read_cache(cache));
    Pruner pruner(cache, std::move(contents));
    TRY(pruner.remove_if([&](const CacheEntry& entry) { return is_due(entry, rule); }, stop));
    if (rule.max_size) {
        TRY(pruner.remove_if([&](const CacheEntry&) { return pruner.size() > *rule.max_size; },
                             stop));
    }
    return pruner.finish();
}

void apply_max_size(const CacheFolder& cache) {
    PruneRule rule;
    rule.max_size = cache.max_size();
    rule.machine_start = machine_start();
    (void)prune_cache(cache, rule);
}

CacheEntry::Time machine_start() {
    std::ifstream file("/proc/stat");
    std::string word;
    while (file >> word) {
        std::int64_t seconds = 0;
        // A minute of grace: the kernel counts back from a clock that may since have been set.
        constexpr std::int64_t kGrace = 60;
        if (word == "btime" && file >> seconds) {
            return CacheEntry::Time(std::chrono::seconds(seconds - kGrace));
        }
    }
    return {};
}

}  // namespace rtlgen

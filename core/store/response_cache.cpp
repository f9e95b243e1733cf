// SPDX-License-Identifier: Apache-2.0
#include "core/store/response_cache.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/vfs.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "core/base/hash.h"
#include "core/base/owned_fd.h"
#include "core/store/completion_bytes.h"

namespace rtlgen::store {
namespace fs = std::filesystem;
namespace {

/// Small columns first: what looks at times reads no answers.
constexpr std::array kMigrations = {Migration{R"sql(
CREATE TABLE response(
    key TEXT PRIMARY KEY, last_use INTEGER NOT NULL, digest TEXT NOT NULL,
    value TEXT NOT NULL);
CREATE INDEX response_by_use ON response(last_use);
)sql"}};

/// A use is written down where the last one is older than this: most hits write nothing.
constexpr std::chrono::hours kUseGrain{1};
/// So many answers are kept before the size is looked at.
constexpr int kLookEvery = 64;

std::int64_t milliseconds(ResponseCache::Time time) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count();
}

/// Memory isn't shared between the machines that mount these: no WAL there.
bool is_on_network(const fs::path& folder) {
    constexpr std::array<std::uint32_t, 10> kNetwork = {
        0x6969,      // NFS
        0x517b,      // SMB
        0xff534d42,  // CIFS
        0xfe534d42,  // SMB 2
        0x0bd00bd0,  // Lustre
        0x47504653,  // GPFS
        0x19830326,  // BeeGFS
        0x01021997,  // 9P
        0x00c36400,  // Ceph
        0x65735546,  // FUSE
    };
    struct statfs info{};
    return ::statfs(folder.c_str(), &info) == 0 &&
           std::ranges::find(kNetwork, static_cast<std::uint32_t>(info.f_type)) != kNetwork.end();
}

/// SQLite gives the files beside a database the database's mode.
Status make_private_file(const fs::path& path) {
    const OwnedFd file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (file.get() >= 0 && ::fchmod(file.get(), 0600) == 0) return {};
    return fail(ErrorCode::Io, "can't be written: " + system_reason(errno), path.string());
}

}  // namespace

std::string response_key(const llm::Backend& backend, const llm::CompletionRequest& request) {
    // How many others are asked with it changes no answer.
    llm::CompletionRequest alone = request;
    alone.samples = 1;
    return FieldHasher()
        .add("rtlgen.response.v1")
        .add(backend.name())
        .add(backend.destination())
        .add(backend.preview(alone))
        .add(llm::request_hash(request))
        .add(std::to_string(request.sample))
        .add(std::to_string(request.turn))
        .finish();
}

Result<CacheLock> lock_response_setup(const CacheFolder& cache, const std::stop_token& stop) {
    return CacheLock::take(cache.entry(CacheKind::Responses, "setup"), CacheLock::Mode::Exclusive,
                           stop);
}

Result<Database> open_responses(const CacheFolder& cache, Database::Mode mode) {
    const fs::path path = cache.entry(CacheKind::Responses, kResponsesKey);
    if (mode == Database::Mode::Create) TRY(make_private_file(path));
    const auto journal = is_on_network(cache.folder(CacheKind::Responses))
                             ? Database::Journal::Rollback
                             : Database::Journal::Wal;
    TRY_ASSIGN(Database database, Database::open(path, mode, journal));
    TRY(database.migrate(kMigrations));
    return database;
}

ResponseCache::ResponseCache(CacheLock lock, Database database, Bytes max_size)
    : lock_(std::move(lock)), database_(std::move(database)), max_size_(max_size) {}

Result<std::unique_ptr<ResponseCache>> ResponseCache::open(const CacheFolder& cache,
                                                           const std::stop_token& stop) {
    TRY(cache.make(CacheKind::Responses));
    TRY_ASSIGN(const CacheLock setup, lock_response_setup(cache, stop));
    TRY_ASSIGN(CacheLock lock, CacheLock::take(cache.entry(CacheKind::Responses, kResponsesKey),
                                               CacheLock::Mode::Shared, stop));
    TRY_ASSIGN(Database database, open_responses(cache, Database::Mode::Create));
    return std::unique_ptr<ResponseCache>(
        new ResponseCache(std::move(lock), std::move(database), {cache.max_size().count / 2}));
}

Result<std::optional<llm::Completion>> ResponseCache::find(const std::string& key, Time now) {
    std::string digest;
    std::string value;
    std::int64_t last_use = 0;
    {
        const std::scoped_lock lock(mutex_);
        TRY_ASSIGN(Statement query,
                   database_.prepare("SELECT last_use, digest, value FROM response WHERE key=?"));
        query.bind(1, key);
        TRY_ASSIGN(const bool there, query.step());
        if (!there) return std::nullopt;
        last_use = query.integer(0);
        digest = query.text(1);
        value = query.text(2);
    }
    if (sha256_hex(value) != digest) return std::nullopt;
    const bool stale_use = milliseconds(now) - last_use >
                           std::chrono::duration_cast<std::chrono::milliseconds>(kUseGrain).count();
    if (stale_use) (void)touch(key, now);  // a full disk takes no answer away
    try {
        return completion_from_bytes(value);
    } catch (const nlohmann::json::exception&) {
        return std::nullopt;  // of another version
    }
}

Status ResponseCache::touch(const std::string& key, Time now) {
    const std::scoped_lock lock(mutex_);
    TRY_ASSIGN(Statement update, database_.prepare("UPDATE response SET last_use=? WHERE key=?"));
    return update.bind(1, milliseconds(now)).bind(2, key).run();
}

Status ResponseCache::keep(const std::string& key, const llm::Completion& completion, Time now) {
    const std::string value = completion_to_bytes(completion);
    const std::string digest = sha256_hex(value);
    const std::scoped_lock lock(mutex_);
    TRY_ASSIGN(Statement insert,
               database_.prepare("INSERT OR REPLACE INTO response(key, last_use, digest, value) "
                                 "VALUES(?,?,?,?)"));
    TRY(insert.bind(1, key).bind(2, milliseconds(now)).bind(3, digest).bind(4, value).run());
    if (++kept_ < kLookEvery) return {};
    kept_ = 0;
    return apply_max_size();
}

Status ResponseCache::apply_max_size() {
    TRY_ASSIGN(const Bytes used, used_size(database_));
    // Well below, so that this is rare.
    if (used > max_size_) TRY(shrink_responses(database_, {max_size_.count / 10 * 9}));
    return {};
}

Result<Bytes> used_size(Database& database) {
    const auto number = [&database](const char* sql) -> Result<std::uint64_t> {
        TRY_ASSIGN(Statement query, database.prepare(sql));
        TRY(query.step());
        return static_cast<std::uint64_t>(query.integer(0));
    };
    TRY_ASSIGN(const std::uint64_t pages, number("PRAGMA page_count"));
    TRY_ASSIGN(const std::uint64_t spare, number("PRAGMA freelist_count"));
    TRY_ASSIGN(const std::uint64_t size, number("PRAGMA page_size"));
    return Bytes{(pages - std::min(pages, spare)) * size};
}

Status shrink_responses(Database& database, Bytes most) {
    TRY_ASSIGN(Bytes used, used_size(database));
    while (used > most) {
        // A tenth of those that are left, and the last one too.
        TRY(database.execute(
            "DELETE FROM response WHERE rowid IN (SELECT rowid FROM response ORDER BY last_use, "
            "rowid LIMIT (SELECT count(*) / 10 + 1 FROM response))"));
        const Bytes before = used;
        TRY_ASSIGN(used, used_size(database));
        if (used >= before) break;  // nothing is left but the tables themselves
    }
    return database.execute("PRAGMA incremental_vacuum; PRAGMA wal_checkpoint(TRUNCATE);");
}

}  // namespace rtlgen::store

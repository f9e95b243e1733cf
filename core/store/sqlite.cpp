// SPDX-License-Identifier: Apache-2.0
#include "core/store/sqlite.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <utility>

namespace rtlgen::store {
namespace {

constexpr int kBusyMilliseconds = 10'000;

tl::unexpected<Error> sqlite_error(sqlite3* handle, std::string_view doing, std::string where) {
    const int code = sqlite3_errcode(handle);
    if (code == SQLITE_FULL) {
        return fail(ErrorCode::Io, "the disk is full; free some space and run again",
                    std::move(where));
    }
    if (code == SQLITE_NOTADB || code == SQLITE_CORRUPT) {
        return fail(ErrorCode::Unreadable, "no database of rtlgen, or a damaged one",
                    std::move(where));
    }
    if (sqlite3_extended_errcode(handle) == SQLITE_READONLY_ROLLBACK) {
        return fail(ErrorCode::Io,
                    "a killed program left it half written, and it can't be mended where it may "
                    "not be written; copy its folder to where it may",
                    std::move(where));
    }
    return fail(ErrorCode::Io, fmt::format("{}: {}", doing, sqlite3_errmsg(handle)),
                std::move(where));
}

/// The file of a connection, for messages.
std::string file_of(sqlite3* handle) {
    const char* name = sqlite3_db_filename(handle, "main");
    return name == nullptr || *name == '\0' ? "sqlite" : name;
}

}  // namespace

Statement::Statement(sqlite3* database, sqlite3_stmt* statement)
    : database_(database), statement_(statement) {}

Statement::Statement(Statement&& other) noexcept
    : database_(other.database_),
      statement_(std::exchange(other.statement_, nullptr)),
      bind_failed_(other.bind_failed_) {}

Statement::~Statement() { sqlite3_finalize(statement_); }

Statement& Statement::bind(int index, std::string_view text) {
    bind_failed_ |=
        sqlite3_bind_text64(statement_, index, text.data() == nullptr ? "" : text.data(),
                            text.size(), SQLITE_TRANSIENT, SQLITE_UTF8) != SQLITE_OK;
    return *this;
}

Statement& Statement::bind(int index, std::int64_t number) {
    bind_failed_ |= sqlite3_bind_int64(statement_, index, number) != SQLITE_OK;
    return *this;
}

Statement& Statement::bind(int index, double number) {
    bind_failed_ |= sqlite3_bind_double(statement_, index, number) != SQLITE_OK;
    return *this;
}

Statement& Statement::bind_null(int index) {
    bind_failed_ |= sqlite3_bind_null(statement_, index) != SQLITE_OK;
    return *this;
}

Result<bool> Statement::step() {
    if (bind_failed_)
        return fail(ErrorCode::Internal, "a parameter can't be bound", file_of(database_));
    const int code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    return sqlite_error(database_, "the database refuses", file_of(database_));
}

Status Statement::run() {
    for (;;) {
        const Result<bool> row = step();
        if (row && *row) continue;
        reset();
        if (!row) return tl::unexpected<Error>(row.error());
        return {};
    }
}

void Statement::reset() {
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
    bind_failed_ = false;
}

std::string Statement::text(int column) const {
    const unsigned char* bytes = sqlite3_column_text(statement_, column);
    if (bytes == nullptr) return "";
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
    return {reinterpret_cast<const char*>(bytes), size};
}

std::int64_t Statement::integer(int column) const {
    return sqlite3_column_int64(statement_, column);
}

double Statement::number(int column) const { return sqlite3_column_double(statement_, column); }

bool Statement::is_null(int column) const {
    return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

Result<Database> Database::open(const std::filesystem::path& path, Mode mode, Journal journal) {
    // Where the file may only be read, SQLite falls back to that by itself.
    int flags = SQLITE_OPEN_FULLMUTEX | SQLITE_OPEN_READWRITE;
    if (mode == Mode::Create) flags |= SQLITE_OPEN_CREATE;
    sqlite3* handle = nullptr;
    const int code = sqlite3_open_v2(path.c_str(), &handle, flags, nullptr);
    Database database(handle, path.string(), mode);
    if (code != SQLITE_OK) return database.error("can't be opened");
    sqlite3_busy_timeout(handle, kBusyMilliseconds);
    if (mode == Mode::ReadOnly) {
        TRY(database.execute("PRAGMA query_only=ON;"));
    } else if (journal == Journal::Wal) {
        // The first of them has to stand before the first table.
        TRY(database.execute(
            "PRAGMA auto_vacuum=INCREMENTAL; PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"));
    } else {
        TRY(database.execute("PRAGMA journal_mode=DELETE; PRAGMA foreign_keys=ON;"));
    }
    return database;
}

Database::Database(sqlite3* handle, std::string name, Mode mode)
    : handle_(handle), name_(std::move(name)), mode_(mode) {}

Database::Database(Database&& other) noexcept
    : handle_(std::exchange(other.handle_, nullptr)),
      name_(std::move(other.name_)),
      mode_(other.mode_) {}

Database& Database::operator=(Database&& other) noexcept {
    if (this != &other) {
        sqlite3_close_v2(handle_);
        handle_ = std::exchange(other.handle_, nullptr);
        name_ = std::move(other.name_);
        mode_ = other.mode_;
    }
    return *this;
}

Database::~Database() { sqlite3_close_v2(handle_); }

tl::unexpected<Error> Database::error(std::string_view doing) const {
    return sqlite_error(handle_, doing, name_);
}

Status Database::execute(const std::string& sql) {
    if (sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK) return {};
    return error("the database refuses");
}

Result<Statement> Database::prepare(std::string_view sql) {
    sqlite3_stmt* statement = nullptr;
    const int code =
        sqlite3_prepare_v2(handle_, sql.data(), static_cast<int>(sql.size()), &statement, nullptr);
    if (code != SQLITE_OK) return error("the database refuses");
    return Statement(handle_, statement);
}

Status Database::transaction(const std::function<Status()>& work) {
    TRY(execute("BEGIN IMMEDIATE;"));
    Status done = work();
    if (done) done = execute("COMMIT;");
    if (!done) (void)execute("ROLLBACK;");
    return done;
}

/// The file stays as it is; from here on a copy is read.
Status Database::move_to_memory() {
    sqlite3* copy = nullptr;
    bool copied = sqlite3_open_v2(":memory:", &copy, SQLITE_OPEN_READWRITE, nullptr) == SQLITE_OK;
    if (sqlite3_backup* backup = sqlite3_backup_init(copy, "main", handle_, "main")) {
        copied &= sqlite3_backup_step(backup, -1) == SQLITE_DONE;
        sqlite3_backup_finish(backup);
    } else {
        copied = false;
    }
    std::swap(handle_, copy);
    sqlite3_close_v2(copy);
    if (copied) return {};
    return fail(ErrorCode::Unreadable, "made by an older rtlgen, and can't be copied", name_);
}

Status Database::migrate(std::span<const Migration> migrations) {
    std::int64_t version = 0;
    {
        TRY_ASSIGN(Statement query, prepare("PRAGMA user_version"));
        TRY_ASSIGN(const bool row, query.step());
        if (row) version = query.integer(0);
    }
    const auto newest = static_cast<std::int64_t>(migrations.size());
    if (version > newest) {
        return fail(ErrorCode::Config,
                    fmt::format("made by a newer rtlgen (schema {}, this one knows {}); update "
                                "rtlgen to read it",
                                version, newest),
                    name_);
    }
    if (version < newest && mode_ == Mode::ReadOnly) TRY(move_to_memory());
    for (; version < newest; ++version) {
        const char* sql = migrations[static_cast<std::size_t>(version)].sql;
        const Status done = execute(
            fmt::format("BEGIN IMMEDIATE; {} PRAGMA user_version={}; COMMIT;", sql, version + 1));
        if (!done) {
            (void)execute("ROLLBACK;");
            return done;
        }
    }
    return {};
}

}  // namespace rtlgen::store

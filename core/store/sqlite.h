// SPDX-License-Identifier: Apache-2.0
// SQLite as Results: a connection, a prepared statement, a transaction.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/base/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace rtlgen::store {

/// A prepared statement, reset and used again by each run.
class Statement {
public:
    Statement(Statement&& other) noexcept;
    Statement& operator=(Statement&&) = delete;
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;
    ~Statement();

    /// Parameters count from 1.
    Statement& bind(int index, std::string_view text);
    Statement& bind(int index, std::int64_t number);
    Statement& bind(int index, double number);
    Statement& bind_null(int index);

    /// True: a row is there to be read. False: done. Error Io with SQLite's reason.
    Result<bool> step();
    /// Runs to the end, rows are thrown away, and makes the statement ready for the next use.
    Status run();
    void reset();

    /// Columns count from 0; NULL is "" or 0.
    [[nodiscard]] std::string text(int column) const;
    [[nodiscard]] std::int64_t integer(int column) const;
    [[nodiscard]] double number(int column) const;
    [[nodiscard]] bool is_null(int column) const;

private:
    friend class Database;
    Statement(sqlite3* database, sqlite3_stmt* statement);

    sqlite3* database_;
    sqlite3_stmt* statement_;
    bool bind_failed_ = false;
};

/// A step of a schema's history: run once, in order, in a transaction each.
struct Migration {
    const char* sql;
};

class Database {
public:
    /// ReadOnly changes no row; what a writer left half done when it was killed is rolled back
    /// where the file may be written, as it couldn't be read else.
    enum class Mode { ReadOnly, ReadWrite, Create };

    /// Rollback: for Runs, which live on network file systems too. Wal: many processes at once read
    /// while one writes, and what a loss of power takes away are the latest transactions; a file of
    /// this kind shrinks by `PRAGMA incremental_vacuum`. Where its file system has no WAL, and in
    /// an older file, it is as Rollback.
    enum class Journal { Rollback, Wal };

    /// Waits up to 10 s for another process's lock. Path ":memory:" is a database of this object
    /// alone.
    static Result<Database> open(const std::filesystem::path& path, Mode mode,
                                 Journal journal = Journal::Rollback);

    Database(Database&& other) noexcept;
    Database& operator=(Database&& other) noexcept;
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;
    ~Database();

    /// Statements without parameters or rows, separated by `;`.
    Status execute(const std::string& sql);
    Result<Statement> prepare(std::string_view sql);

    /// Brings `PRAGMA user_version` to the number of migrations; opened read-only, in a copy in
    /// memory. Error Config where the file is of a newer program.
    Status migrate(std::span<const Migration> migrations);
    /// All that `work` does or, where it gives an Error, nothing of it; on disk when this returns.
    Status transaction(const std::function<Status()>& work);

private:
    Database(sqlite3* handle, std::string name, Mode mode);
    [[nodiscard]] tl::unexpected<Error> error(std::string_view doing) const;
    Status move_to_memory();

    sqlite3* handle_;
    std::string name_;
    Mode mode_;
};

}  // namespace rtlgen::store

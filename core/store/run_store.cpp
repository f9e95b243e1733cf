// SPDX-License-Identifier: Apache-2.0
#include "core/store/run_store.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "core/store/run_files.h"
#include "core/store/run_schema.h"

namespace rtlgen::store {
namespace fs = std::filesystem;
namespace {

std::int64_t last_time(std::span<const Attempt> attempts) {
    std::int64_t last = 0;
    for (const Attempt& attempt : attempts) {
        last = std::max({last, attempt.asked_at, attempt.answered_at, attempt.judged_at});
    }
    return last;
}

}  // namespace

std::string_view to_string(RunState state) {
    switch (state) {
        case RunState::Running: return "running";
        case RunState::Interrupted: return "interrupted";
        case RunState::Finished: return "finished";
    }
    return "finished";
}

RunStore::RunStore(fs::path folder, Database database)
    : folder_(std::move(folder)), database_(std::move(database)) {}

Result<RunStore> RunStore::create(const fs::path& folder, const RunInfo& info) {
    std::error_code error;
    fs::create_directories(folder / "attempts", error);
    if (error) return fail(ErrorCode::Io, error.message(), folder.string());
    TRY_ASSIGN(RunLock lock, RunLock::take(folder));
    TRY_ASSIGN(Database database, Database::open(folder / kRunDatabase, Database::Mode::Create));
    TRY(database.migrate(run_migrations()));
    RunStore store(folder, std::move(database));
    store.lock_ = std::make_unique<RunLock>(std::move(lock));
    // A process that was killed before this row was there has left nothing.
    if (store.info()) {
        return fail(ErrorCode::InvalidArgument,
                    "holds a run already; name another --run-dir, or read it with rtlgen runs show",
                    folder.string());
    }
    TRY(store.database_.transaction([&] { return store.insert_run(info); }));
    return store;
}

Status RunStore::insert_run(const RunInfo& info) {
    TRY_ASSIGN(Statement insert,
               database_.prepare(
                   "INSERT INTO run(id, command, problem, spec_text, spec_path, model, options, "
                   "version, started_at, key, judge, state) VALUES(1,?,?,?,?,?,?,?,?,?,?,?)"));
    insert.bind(1, info.command)
        .bind(2, info.problem)
        .bind(3, info.spec_text)
        .bind(4, info.spec_path)
        .bind(5, info.model)
        .bind(6, info.options)
        .bind(7, info.version)
        .bind(8, info.started_at)
        .bind(9, info.key)
        .bind(10, info.judge)
        .bind(11, to_string(RunState::Running));
    TRY(insert.run());
    return begin_session(info.started_at);
}

Result<RunStore> RunStore::resume(const fs::path& folder, std::int64_t now) {
    std::error_code error;
    if (!fs::exists(folder / kRunDatabase, error)) {
        return fail(ErrorCode::NotFound, "no run is there; see rtlgen runs list", folder.string());
    }
    TRY_ASSIGN(RunLock lock, RunLock::take(folder));
    TRY_ASSIGN(Database database, Database::open(folder / kRunDatabase, Database::Mode::ReadWrite));
    TRY(database.migrate(run_migrations()));
    RunStore store(folder, std::move(database));
    store.lock_ = std::make_unique<RunLock>(std::move(lock));
    TRY(store.info());
    TRY(store.begin_session(now));
    return store;
}

Result<RunStore> RunStore::open(const fs::path& folder) {
    std::error_code error;
    if (!fs::exists(folder / kRunDatabase, error)) {
        return fail(ErrorCode::NotFound, "no run is there; see rtlgen runs list", folder.string());
    }
    TRY_ASSIGN(Database database, Database::open(folder / kRunDatabase, Database::Mode::ReadOnly));
    TRY(database.migrate(run_migrations()));
    return RunStore(folder, std::move(database));
}

Status RunStore::begin_session(std::int64_t now) {
    TRY_ASSIGN(Statement insert,
               database_.prepare("INSERT INTO session(started_at, written_at) VALUES(?,?)"));
    return insert.bind(1, now).bind(2, now).run();
}

Status RunStore::touch_session(std::int64_t now) {
    TRY_ASSIGN(Statement written,
               database_.prepare("UPDATE session SET written_at = max(written_at, ?) WHERE id = "
                                 "(SELECT max(id) FROM session)"));
    return written.bind(1, now).run();
}

Status RunStore::insert_all(std::span<const Attempt> attempts) {
    TRY_ASSIGN(Statement save, database_.prepare(kSaveAttempt));
    for (const Attempt& attempt : attempts) {
        bind_attempt(save, attempt);
        TRY(save.run());
    }
    return touch_session(last_time(attempts));
}

Status RunStore::save_all(std::span<const Attempt> attempts) {
    TRY(database_.transaction([&] { return insert_all(attempts); }));
    for (const Attempt& attempt : attempts) {
        TRY(write_attempt_files(attempt_folder(attempt), attempt));
    }
    return {};
}

Status RunStore::update_state(RunState state, std::int64_t now) {
    TRY_ASSIGN(Statement update, database_.prepare("UPDATE run SET state = ?"));
    TRY(update.bind(1, to_string(state)).run());
    return touch_session(now);
}

Status RunStore::set_state(RunState state, std::int64_t now) {
    return database_.transaction([&] { return update_state(state, now); });
}

fs::path RunStore::attempt_folder(const Attempt& attempt) const {
    return folder_ / "attempts" / attempt.folder_name();
}

Status RunStore::log(std::int64_t now, std::string_view line) {
    return append_log(folder_ / "run.log", now, line);
}

Result<RunInfo> RunStore::info() {
    TRY_ASSIGN(Statement query,
               database_.prepare("SELECT command, problem, spec_text, spec_path, model, options, "
                                 "version, started_at, key, judge FROM run"));
    TRY_ASSIGN(const bool row, query.step());
    if (!row) {
        return fail(ErrorCode::Unreadable,
                    "holds no run: it was ended before its first word was written",
                    (folder_ / kRunDatabase).string());
    }
    return RunInfo{query.text(0), query.text(1), query.text(2),    query.text(3), query.text(4),
                   query.text(5), query.text(6), query.integer(7), query.text(8), query.text(9)};
}

Result<RunState> RunStore::state() {
    constexpr std::array kStates = {RunState::Running, RunState::Interrupted, RunState::Finished};
    TRY_ASSIGN(Statement query, database_.prepare("SELECT state FROM run"));
    TRY_ASSIGN(const bool row, query.step());
    const std::string name = row ? query.text(0) : "";
    const auto found = std::ranges::find_if(
        kStates, [&](const RunState candidate) { return to_string(candidate) == name; });
    return found == kStates.end() ? RunState::Finished : *found;
}

Result<std::chrono::milliseconds> RunStore::busy_time() {
    TRY_ASSIGN(Statement query,
               database_.prepare("SELECT sum(written_at - started_at) FROM session"));
    TRY(query.step());
    return std::chrono::milliseconds(query.integer(0));
}

Result<std::vector<Attempt>> RunStore::attempts() {
    TRY_ASSIGN(Statement query, database_.prepare(kLoadAttempts));
    std::vector<Attempt> attempts;
    try {
        for (;;) {
            TRY_ASSIGN(const bool row, query.step());
            if (!row) return attempts;
            attempts.push_back(attempt_at(query));
        }
    } catch (const nlohmann::json::exception& error) {
        return fail(ErrorCode::Unreadable, fmt::format("a damaged row: {}", error.what()),
                    (folder_ / kRunDatabase).string());
    }
}

std::vector<fs::path> find_runs(const fs::path& root) {
    std::vector<fs::path> runs;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(root, error)) {
        if (fs::exists(entry.path() / kRunDatabase, error)) runs.push_back(entry.path());
    }
    std::ranges::sort(runs);
    return runs;
}

}  // namespace rtlgen::store

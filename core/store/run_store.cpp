// SPDX-License-Identifier: Apache-2.0
#include "core/store/run_store.h"

#include <fcntl.h>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <nlohmann/json.hpp>

#include "core/base/files.h"
#include "core/base/text.h"
#include "core/store/attempt_json.h"

namespace rtlgen::store {
namespace fs = std::filesystem;
namespace {

constexpr std::array kMigrations = {Migration{R"sql(
CREATE TABLE run(
    id INTEGER PRIMARY KEY CHECK (id = 1), command TEXT NOT NULL, problem TEXT NOT NULL,
    spec_text TEXT NOT NULL, spec_path TEXT NOT NULL, model TEXT NOT NULL, options TEXT NOT NULL,
    version TEXT NOT NULL, started_at INTEGER NOT NULL);
CREATE TABLE attempt(
    sample INTEGER NOT NULL, turn INTEGER NOT NULL, state TEXT NOT NULL,
    template_name TEXT NOT NULL, template_sha256 TEXT NOT NULL, prompt TEXT NOT NULL,
    sampling TEXT NOT NULL, request_sha256 TEXT NOT NULL,
    completion TEXT, reasoning TEXT, finish_reason TEXT, model TEXT, prompt_tokens INTEGER,
    completion_tokens INTEGER, latency_us INTEGER, sent TEXT, endpoint TEXT, bytes_sent INTEGER,
    origin TEXT, candidate_code TEXT NOT NULL, verdict TEXT, error_code INTEGER,
    error_message TEXT, error_where TEXT,
    asked_at INTEGER NOT NULL, answered_at INTEGER NOT NULL, judged_at INTEGER NOT NULL,
    PRIMARY KEY (sample, turn));
)sql"}};

constexpr std::string_view kSave = R"sql(
INSERT OR REPLACE INTO attempt(
    sample, turn, state, template_name, template_sha256, prompt, sampling, request_sha256,
    completion, reasoning, finish_reason, model, prompt_tokens, completion_tokens, latency_us,
    sent, endpoint, bytes_sent, origin, candidate_code, verdict, error_code, error_message,
    error_where, asked_at, answered_at, judged_at)
VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)
)sql";

constexpr std::string_view kLoad = R"sql(
SELECT sample, turn, state, template_name, template_sha256, prompt, sampling, request_sha256,
    completion, reasoning, finish_reason, model, prompt_tokens, completion_tokens, latency_us,
    sent, endpoint, bytes_sent, origin, candidate_code, verdict, error_code, error_message,
    error_where, asked_at, answered_at, judged_at
FROM attempt ORDER BY sample, turn
)sql";

void bind_count(Statement& save, int index, const std::optional<std::int64_t>& count) {
    if (count) {
        save.bind(index, *count);
    } else {
        save.bind_null(index);
    }
}

void bind_completion(Statement& save, const llm::Completion& completion) {
    save.bind(9, completion.text)
        .bind(10, completion.reasoning)
        .bind(11, to_string(completion.finish_reason))
        .bind(12, completion.model)
        .bind(15, static_cast<std::int64_t>(completion.latency.count()))
        .bind(16, completion.sent)
        .bind(17, completion.endpoint)
        .bind(18, static_cast<std::int64_t>(completion.bytes_sent))
        .bind(19, to_string(completion.origin));
    bind_count(save, 13, completion.usage.prompt_tokens);
    bind_count(save, 14, completion.usage.completion_tokens);
}

std::optional<std::int64_t> count_at(const Statement& row, int column) {
    if (row.is_null(column)) return std::nullopt;
    return row.integer(column);
}

/// The enumerator of `names` at the position of `name`; the last one where it isn't there.
template <class Enum, std::size_t N>
Enum enum_from(const std::array<Enum, N>& values, std::string_view name) {
    const auto found =
        std::ranges::find_if(values, [name](const Enum value) { return to_string(value) == name; });
    return found == values.end() ? values.back() : *found;
}

llm::Completion completion_from(const Statement& row) {
    constexpr std::array kOrigins = {Origin::Person, Origin::Library, Origin::Model};
    llm::Completion completion;
    completion.text = row.text(8);
    completion.reasoning = row.text(9);
    completion.finish_reason = llm::finish_reason_from(row.text(10));
    completion.model = row.text(11);
    completion.usage = {count_at(row, 12), count_at(row, 13)};
    completion.latency = std::chrono::microseconds(row.integer(14));
    completion.sent = row.text(15);
    completion.endpoint = row.text(16);
    completion.bytes_sent = static_cast<std::uint64_t>(row.integer(17));
    completion.origin = enum_from(kOrigins, row.text(18));
    return completion;
}

Attempt attempt_from(const Statement& row) {
    constexpr std::array kStates = {AttemptState::Asked, AttemptState::Answered,
                                    AttemptState::Judged, AttemptState::Failed};
    Attempt attempt;
    attempt.sample = static_cast<int>(row.integer(0));
    attempt.turn = static_cast<int>(row.integer(1));
    attempt.state = enum_from(kStates, row.text(2));
    attempt.template_name = row.text(3);
    attempt.template_sha256 = row.text(4);
    attempt.prompt = prompt_from_json(row.text(5));
    attempt.sampling = llm::sampling_from_json(row.text(6));
    attempt.request_sha256 = row.text(7);
    if (!row.is_null(8)) attempt.completion = completion_from(row);
    attempt.candidate_code = row.text(19);
    if (!row.is_null(20)) {
        attempt.verdict = verdict_from_json(nlohmann::ordered_json::parse(row.text(20)));
    }
    if (!row.is_null(21)) {
        attempt.error = Error{static_cast<ErrorCode>(row.integer(21)), row.text(22), row.text(23)};
    }
    attempt.asked_at = row.integer(24);
    attempt.answered_at = row.integer(25);
    attempt.judged_at = row.integer(26);
    return attempt;
}

}  // namespace

RunStore::RunStore(fs::path folder, Database database)
    : folder_(std::move(folder)), database_(std::move(database)) {}

Result<RunStore> RunStore::create(const fs::path& folder, const RunInfo& info) {
    std::error_code error;
    if (fs::exists(folder / kRunDatabase, error)) {
        return fail(ErrorCode::InvalidArgument,
                    "holds a run already; name another --run-dir, or read it with rtlgen runs show",
                    folder.string());
    }
    fs::create_directories(folder / "attempts", error);
    if (error) return fail(ErrorCode::Io, error.message(), folder.string());
    TRY_ASSIGN(RunLock lock, RunLock::take(folder));
    TRY_ASSIGN(Database database, Database::open(folder / kRunDatabase, Database::Mode::Create));
    TRY(database.migrate(kMigrations));
    TRY_ASSIGN(Statement insert, database.prepare("INSERT INTO run VALUES(1,?,?,?,?,?,?,?,?)"));
    insert.bind(1, info.command)
        .bind(2, info.problem)
        .bind(3, info.spec_text)
        .bind(4, info.spec_path)
        .bind(5, info.model)
        .bind(6, info.options)
        .bind(7, info.version)
        .bind(8, info.started_at);
    TRY(insert.run());
    RunStore store(folder, std::move(database));
    store.lock_ = std::make_unique<RunLock>(std::move(lock));
    return store;
}

Result<RunStore> RunStore::open(const fs::path& folder) {
    std::error_code error;
    if (!fs::exists(folder / kRunDatabase, error)) {
        return fail(ErrorCode::NotFound, "no run is there; see rtlgen runs list", folder.string());
    }
    TRY_ASSIGN(Database database, Database::open(folder / kRunDatabase, Database::Mode::ReadOnly));
    TRY(database.migrate(kMigrations));
    return RunStore(folder, std::move(database));
}

Status RunStore::save(const Attempt& attempt) {
    TRY_ASSIGN(Statement save, database_.prepare(kSave));
    save.bind(1, std::int64_t{attempt.sample})
        .bind(2, std::int64_t{attempt.turn})
        .bind(3, to_string(attempt.state))
        .bind(4, attempt.template_name)
        .bind(5, attempt.template_sha256)
        .bind(6, prompt_to_json(attempt.prompt))
        .bind(7, llm::sampling_to_json(attempt.sampling))
        .bind(8, attempt.request_sha256)
        .bind(20, attempt.candidate_code)
        .bind(25, attempt.asked_at)
        .bind(26, attempt.answered_at)
        .bind(27, attempt.judged_at);
    if (attempt.completion) bind_completion(save, *attempt.completion);
    if (attempt.verdict) save.bind(21, to_json(*attempt.verdict).dump());
    if (attempt.error) {
        save.bind(22, static_cast<std::int64_t>(attempt.error->code))
            .bind(23, attempt.error->message)
            .bind(24, attempt.error->where);
    }
    TRY(save.run());
    return write_files(attempt);
}

fs::path RunStore::attempt_folder(const Attempt& attempt) const {
    return folder_ / "attempts" / attempt.folder_name();
}

Status RunStore::write_files(const Attempt& attempt) const {
    const fs::path folder = attempt_folder(attempt);
    std::error_code error;
    fs::create_directories(folder, error);
    if (error) return fail(ErrorCode::Io, error.message(), folder.string());
    if (attempt.state == AttemptState::Asked) {
        return write_file_atomic(folder / "prompt.md", llm::as_plain_prompt(attempt.prompt));
    }
    if (attempt.state == AttemptState::Answered && attempt.completion) {
        TRY(write_file_atomic(folder / "answer.md", attempt.completion->text));
        if (attempt.candidate_code.empty()) return {};
        return write_file_atomic(folder / "candidate.sv", attempt.candidate_code);
    }
    if (attempt.verdict) {
        return write_file_atomic(folder / "verdict.json", to_json(*attempt.verdict).dump(2) + "\n");
    }
    return {};
}

Status RunStore::log(std::int64_t now, std::string_view line) {
    const fs::path path = folder_ / "run.log";
    const std::string text = fmt::format("{} {}\n", now, escape_for_terminal(line));
    const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    if (fd < 0) return fail(ErrorCode::Io, std::strerror(errno), path.string());
    const ssize_t written = ::write(fd, text.data(), text.size());
    const int code = errno;
    ::close(fd);
    if (written == static_cast<ssize_t>(text.size())) return {};
    return fail(ErrorCode::Io, std::strerror(code), path.string());
}

Result<RunInfo> RunStore::info() {
    TRY_ASSIGN(Statement query,
               database_.prepare("SELECT command, problem, spec_text, spec_path, model, options, "
                                 "version, started_at FROM run"));
    TRY_ASSIGN(const bool row, query.step());
    if (!row)
        return fail(ErrorCode::Unreadable, "the run says nothing of itself", folder_.string());
    return RunInfo{query.text(0), query.text(1), query.text(2), query.text(3),
                   query.text(4), query.text(5), query.text(6), query.integer(7)};
}

Result<std::vector<Attempt>> RunStore::attempts() {
    TRY_ASSIGN(Statement query, database_.prepare(kLoad));
    std::vector<Attempt> attempts;
    try {
        for (;;) {
            TRY_ASSIGN(const bool row, query.step());
            if (!row) return attempts;
            attempts.push_back(attempt_from(query));
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

// SPDX-License-Identifier: Apache-2.0
#include "core/store/run_schema.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "core/store/attempt_json.h"
#include "core/store/source_set_json.h"

namespace rtlgen::store {
namespace {

constexpr std::array kMigrations = {
    Migration{R"sql(
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
)sql"},
    // What a Run needs to be resumed and judged again; `session`: each process that wrote it.
    Migration{R"sql(
ALTER TABLE run ADD COLUMN key TEXT NOT NULL DEFAULT '';
ALTER TABLE run ADD COLUMN judge TEXT NOT NULL DEFAULT '';
ALTER TABLE run ADD COLUMN state TEXT NOT NULL DEFAULT 'finished';
ALTER TABLE attempt ADD COLUMN raw TEXT;
ALTER TABLE attempt ADD COLUMN logprobs TEXT;
ALTER TABLE attempt ADD COLUMN cost_usd REAL;
ALTER TABLE attempt ADD COLUMN from_cache INTEGER;
ALTER TABLE attempt ADD COLUMN testbench TEXT;
CREATE TABLE session(
    id INTEGER PRIMARY KEY, started_at INTEGER NOT NULL, written_at INTEGER NOT NULL);
)sql"}};

/// The enumerator of `values` that is called `name`; the last one where none is.
template <class Enum, std::size_t N>
Enum enum_from(const std::array<Enum, N>& values, std::string_view name) {
    const auto found =
        std::ranges::find_if(values, [name](const Enum value) { return to_string(value) == name; });
    return found == values.end() ? values.back() : *found;
}

template <class T>
void bind_optional(Statement& save, int index, const std::optional<T>& value) {
    if (value) save.bind(index, *value);
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
        .bind(19, to_string(completion.origin))
        .bind(28, completion.raw)
        .bind(29, completion.logprobs)
        .bind(31, std::int64_t{completion.from_cache ? 1 : 0});
    bind_optional(save, 13, completion.usage.prompt_tokens);
    bind_optional(save, 14, completion.usage.completion_tokens);
    bind_optional(save, 30, completion.cost_usd);
    if (completion.testbench) {
        save.bind(32, source_set_to_json(*completion.testbench).dump());
    }
}

std::optional<std::int64_t> count_at(const Statement& row, int column) {
    if (row.is_null(column)) return std::nullopt;
    return row.integer(column);
}

llm::Completion completion_at(const Statement& row) {
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
    completion.raw = row.text(27);
    completion.logprobs = row.text(28);
    if (!row.is_null(29)) completion.cost_usd = row.number(29);
    completion.from_cache = row.integer(30) != 0;
    if (!row.is_null(31)) {
        completion.testbench = source_set_from_json(nlohmann::ordered_json::parse(row.text(31)));
    }
    return completion;
}

}  // namespace

std::span<const Migration> run_migrations() { return kMigrations; }

const std::string_view kSaveAttempt = R"sql(
INSERT OR REPLACE INTO attempt(
    sample, turn, state, template_name, template_sha256, prompt, sampling, request_sha256,
    completion, reasoning, finish_reason, model, prompt_tokens, completion_tokens, latency_us,
    sent, endpoint, bytes_sent, origin, candidate_code, verdict, error_code, error_message,
    error_where, asked_at, answered_at, judged_at, raw, logprobs, cost_usd, from_cache, testbench)
VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)
)sql";

const std::string_view kLoadAttempts = R"sql(
SELECT sample, turn, state, template_name, template_sha256, prompt, sampling, request_sha256,
    completion, reasoning, finish_reason, model, prompt_tokens, completion_tokens, latency_us,
    sent, endpoint, bytes_sent, origin, candidate_code, verdict, error_code, error_message,
    error_where, asked_at, answered_at, judged_at, raw, logprobs, cost_usd, from_cache, testbench
FROM attempt ORDER BY sample, turn
)sql";

void bind_attempt(Statement& save, const Attempt& attempt) {
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
}

Attempt attempt_at(const Statement& row) {
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
    if (!row.is_null(8)) attempt.completion = completion_at(row);
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

}  // namespace rtlgen::store

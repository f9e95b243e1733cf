// SPDX-License-Identifier: Apache-2.0
#include "datasets/retrieval/design_index.h"

#include <sqlite3.h>
#include <algorithm>
#include <array>
#include <set>

#include "core/base/text.h"
#include "datasets/retrieval/spec_text.h"

namespace rtlgen::datasets {
namespace {

struct Finalizer {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Statement = std::unique_ptr<sqlite3_stmt, Finalizer>;

Result<Statement> prepare(sqlite3* database, const char* sql) {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(database, sql, -1, &statement, nullptr) != SQLITE_OK) {
        return fail(ErrorCode::Internal, sqlite3_errmsg(database), "library index");
    }
    return Statement(statement);
}

void bind(sqlite3_stmt* statement, int index, const std::string& text) {
    sqlite3_bind_text(statement, index, text.data(), static_cast<int>(text.size()),
                      SQLITE_TRANSIENT);
}

/// Words of every specification, which say nothing of what is specified.
constexpr std::array<std::string_view, 62> kCommonWords = {
    "a",      "an",        "and",  "are",    "as",     "at",     "be",        "by",     "call",
    "called", "can",       "clk",  "clock",  "cycle",  "design", "do",        "each",   "for",
    "from",   "has",       "have", "high",   "i",      "if",     "implement", "in",     "input",
    "inputs", "interface", "is",   "it",     "its",    "like",   "low",       "module", "name",
    "named",  "need",      "not",  "of",     "on",     "one",    "or",        "output", "outputs",
    "ports",  "reset",     "rst",  "should", "signal", "that",   "the",       "there",  "this",
    "to",     "verilog",   "when", "where",  "which",  "while",  "with",      "write"};

/// The text's distinct words as an OR of FTS5 strings; 300 at most.
std::string match_expression(std::string_view text) {
    constexpr std::size_t kMaxWords = 300;
    std::set<std::string> words;
    for (const SpecToken& token : tokenize_spec(text)) {
        if (!token.is_word || token.number || words.size() >= kMaxWords) continue;
        std::string word = to_lower(token.raw);
        if (std::ranges::find(kCommonWords, word) != kCommonWords.end()) continue;
        words.insert(std::move(word));
    }
    std::string expression;
    for (const std::string& word : words) {
        if (!expression.empty()) expression += " OR ";
        expression += '"' + word + '"';
    }
    return expression;
}

}  // namespace

void DesignIndex::Closer::operator()(sqlite3* database) const { sqlite3_close(database); }

Result<DesignIndex> DesignIndex::build(const std::vector<IndexedDesign>& designs) {
    sqlite3* raw = nullptr;
    const int opened = sqlite3_open_v2(
        ":memory:", &raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_FULLMUTEX,
        nullptr);
    DesignIndex index(raw);
    if (opened != SQLITE_OK)
        return fail(ErrorCode::Internal, "SQLite doesn't open", "library index");
    constexpr const char* kCreate =
        "CREATE VIRTUAL TABLE designs USING fts5(name UNINDEXED, title, keywords, summary, spec, "
        "tokenize = 'porter unicode61')";
    if (sqlite3_exec(raw, kCreate, nullptr, nullptr, nullptr) != SQLITE_OK) {
        return fail(ErrorCode::Internal,
                    std::string("SQLite's FTS5 is needed: ") + sqlite3_errmsg(raw),
                    "library index");
    }
    for (const IndexedDesign& design : designs) {
        TRY_ASSIGN(const Statement insert,
                   prepare(raw, "INSERT INTO designs VALUES (?1, ?2, ?3, ?4, ?5)"));
        const std::array<const std::string*, 5> fields = {
            &design.name, &design.title, &design.keywords, &design.summary, &design.spec};
        for (std::size_t k = 0; k < fields.size(); ++k) {
            bind(insert.get(), static_cast<int>(k) + 1, *fields[k]);
        }
        if (sqlite3_step(insert.get()) != SQLITE_DONE) {
            return fail(ErrorCode::Internal, sqlite3_errmsg(raw), "library index");
        }
    }
    return index;
}

Result<std::vector<RankedDesign>> DesignIndex::rank(std::string_view text) const {
    std::vector<RankedDesign> ranked;
    const std::string expression = match_expression(text);
    if (expression.empty()) return ranked;
    // A word of the title or the keywords says more than one of the prose.
    TRY_ASSIGN(const Statement query,
               prepare(database_.get(),
                       "SELECT name, -bm25(designs, 0, 8, 6, 2, 1) AS score FROM designs "
                       "WHERE designs MATCH ?1 ORDER BY score DESC, name"));
    bind(query.get(), 1, expression);
    int step = sqlite3_step(query.get());
    for (; step == SQLITE_ROW; step = sqlite3_step(query.get())) {
        const auto* name = reinterpret_cast<const char*>(sqlite3_column_text(query.get(), 0));
        ranked.push_back({name, sqlite3_column_double(query.get(), 1)});
    }
    if (step != SQLITE_DONE) {
        return fail(ErrorCode::Internal, sqlite3_errmsg(database_.get()), "library index");
    }
    return ranked;
}

}  // namespace rtlgen::datasets

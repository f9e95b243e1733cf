// SPDX-License-Identifier: Apache-2.0
#include "datasets/retrieval/clauses.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace rtlgen::datasets {
namespace {

bool one_of(std::string_view word, std::span<const std::string_view> list) {
    return std::ranges::find(list, word) != list.end();
}

/// Whether the clause says when or under which condition something else is so.
bool is_condition(const Clause& clause) {
    constexpr auto kOpen = std::to_array<std::string_view>(
        {"when",   "while",      "if",        "whenever", "with",  "without", "where",
         "until",  "after",      "upon",      "on",       "once",  "in",      "at",
         "during", "having",     "unless",    "except",   "for",   "as",      "between",
         "before", "afterwards", "following", "provided", "whose", "which"});
    return !clause.empty() && one_of(clause.front().norm, kOpen);
}

/// Parts between marks. A bracket's content stays with what it stands behind.
std::vector<Clause> parts_of(std::span<const SpecToken> sentence) {
    constexpr auto kBreaks = std::to_array<std::string_view>({",", ":", "but", "otherwise", "|"});
    std::vector<Clause> parts(1);
    int depth = 0;
    bool range = false;  // "[7:0]" says nothing of behaviour
    for (std::size_t k = 0; k < sentence.size(); ++k) {
        const SpecToken& token = sentence[k];
        if (token.norm == "(" || token.norm == "[") ++depth;
        if (token.norm == ")" || token.norm == "]") --depth;
        if (token.norm == "[" || token.norm == "]") range = token.norm == "[";
        if (depth <= 0 && one_of(token.norm, kBreaks)) {
            if (!parts.back().empty()) parts.emplace_back();
        }
        if (token.is_word && !range) parts.back().push_back(token);
    }
    if (parts.back().empty()) parts.pop_back();
    return parts;
}

void join(Clause& clause, const Clause& more) {
    clause.insert(clause.end(), more.begin(), more.end());
}

/// Conditions go to the part that they belong to; a part of a single word goes to the one before.
std::vector<Clause> joined(const std::vector<Clause>& parts) {
    constexpr std::size_t kFewWords = 2;
    std::vector<Clause> clauses;
    bool open = false;  // the last clause is a condition that waits for what it is one of
    for (const Clause& part : parts) {
        const bool condition = is_condition(part);
        const bool list_item = part.size() < kFewWords;
        if (!clauses.empty() && (open || list_item || condition)) {
            join(clauses.back(), part);
            open = open && (condition || list_item);
        } else {
            clauses.push_back(part);
            open = condition || list_item;
        }
    }
    return clauses;
}

template <class Function>
void for_each_sentence(const std::vector<SpecToken>& tokens, Function function) {
    auto begin = tokens.begin();
    while (begin != tokens.end()) {
        const auto end = std::find_if(begin, tokens.end(),
                                      [](const SpecToken& token) { return token.norm == "."; });
        if (begin != end) function(std::span<const SpecToken>(begin, end));
        begin = end == tokens.end() ? end : std::next(end);
    }
}

}  // namespace

std::vector<Clause> clauses_of(const std::vector<SpecToken>& tokens) {
    std::vector<Clause> clauses;
    for_each_sentence(tokens, [&](std::span<const SpecToken> sentence) {
        for (Clause& clause : joined(parts_of(sentence))) clauses.push_back(std::move(clause));
    });
    return clauses;
}

std::vector<Clause> sentences_of(const std::vector<SpecToken>& tokens) {
    std::vector<Clause> sentences;
    for_each_sentence(tokens, [&](std::span<const SpecToken> sentence) {
        Clause words;
        bool range = false;
        for (const SpecToken& token : sentence) {
            if (token.norm == "[" || token.norm == "]") range = token.norm == "[";
            if (token.is_word && !range) words.push_back(token);
        }
        if (!words.empty()) sentences.push_back(std::move(words));
    });
    return sentences;
}

}  // namespace rtlgen::datasets

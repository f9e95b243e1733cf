// SPDX-License-Identifier: Apache-2.0
#include "datasets/retrieval/shift_direction.h"

#include <algorithm>
#include <array>
#include <span>

#include "core/base/text.h"

namespace rtlgen::datasets {
namespace {

/// Clauses end at marks and at "else".
bool ends_clause(const SpecToken& token) {
    constexpr std::array<std::string_view, 9> kEnds = {".", ",",    ";", "|",        ":",
                                                       "-", "else", "(", "otherwise"};
    return std::ranges::find(kEnds, token.norm) != kEnds.end();
}

/// The level that the clause compares `name` with.
std::optional<bool> level_in(std::span<const SpecToken> clause, const std::string& name) {
    constexpr std::array<std::string_view, 4> kBetween = {"is", "=", "to", "at"};
    for (std::size_t k = 0; k < clause.size(); ++k) {
        if (to_lower(clause[k].raw) != name) continue;
        std::size_t next = k + 1;
        while (next < clause.size() &&
               std::ranges::find(kBetween, clause[next].norm) != kBetween.end()) {
            ++next;
        }
        if (next >= clause.size()) continue;
        const std::string& word = clause[next].norm;
        if (clause[next].number ? *clause[next].number == 1 : word == "high" || word == "set") {
            return true;
        }
        if (clause[next].number ? *clause[next].number == 0 : word == "low" || word == "clear") {
            return false;
        }
    }
    return std::nullopt;
}

/// Whether the clause says left; none: it says neither or both.
std::optional<bool> left_in(std::span<const SpecToken> clause, const std::string& name) {
    const auto says = [&](std::string_view word) {
        return std::ranges::any_of(clause, [&](const SpecToken& token) {
            return token.norm == word && to_lower(token.raw) != name;
        });
    };
    const bool left = says("left");
    if (left == says("right")) return std::nullopt;
    return left;
}

}  // namespace

std::optional<bool> level_of_left(const std::vector<SpecToken>& tokens, const std::string& name) {
    std::optional<bool> result;
    auto begin = tokens.begin();
    while (begin != tokens.end()) {
        const auto end = std::find_if(begin, tokens.end(), ends_clause);
        const std::span<const SpecToken> clause(begin, end);
        begin = end == tokens.end() ? end : std::next(end);
        const auto level = level_in(clause, name);
        const auto left = left_in(clause, name);
        if (!level || !left) continue;
        const bool means_left = *level == *left;
        if (result && *result != means_left) return std::nullopt;
        result = means_left;
    }
    return result;
}

}  // namespace rtlgen::datasets

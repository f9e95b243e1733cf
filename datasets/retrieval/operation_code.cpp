// SPDX-License-Identifier: Apache-2.0
#include "datasets/retrieval/operation_code.h"

#include <algorithm>
#include <array>

#include "core/base/text.h"
#include "datasets/retrieval/name_words.h"

namespace rtlgen::datasets {
namespace {

/// What may stand before a code.
bool is_lead(const SpecToken& token, const std::string& op) {
    constexpr auto kLeads = std::to_array<std::string_view>(
        {"-", "*", "|", "=", "(", ".", "when", "if", "for", "with", "is", "+", "opcode", "code"});
    return one_of(token.norm, kLeads) || to_lower(token.raw) == op;
}

/// What may stand between a code and its meaning.
bool is_separator(const SpecToken& token) {
    constexpr std::string_view kSeparators = ":|-=()>,";
    return !token.is_word && token.norm.size() == 1 &&
           kSeparators.find(token.norm) != std::string_view::npos;
}

/// `010: and`: the code stands at `at`, its meaning behind it.
std::optional<CodedLine> code_first(const std::vector<SpecToken>& line, std::size_t at,
                                    const OperationCode& code, const std::string& op) {
    std::size_t rest = at + 1;
    while (rest < line.size() && is_separator(line[rest])) ++rest;
    if (rest >= line.size() || line[rest].norm == "bit") return std::nullopt;
    // "010  a AND b" at the beginning of a line.
    const bool leading = at == 0 && code.bits > 0 && rest + 1 < line.size();
    // "fct 1 gives the bitwise OR"
    const bool selected = at > 0 && to_lower(line[at - 1].raw) == op;
    if (rest == at + 1 && !leading && !selected) return std::nullopt;
    return CodedLine{code, tokens_between(line, rest, line.size())};
}

/// `AND (010)`: the name stands at `name`, the code behind it.
std::optional<CodedLine> name_first(const std::vector<SpecToken>& line, std::size_t name) {
    constexpr auto kBefore = std::to_array<std::string_view>({"(", "=", ":", "|"});
    for (std::size_t at = name + 1; at < line.size(); ++at) {
        const std::string& before = line[at - 1].norm;
        const auto code = code_of(line[at]);
        const bool compares = at >= 2 && (line[at - 2].norm == ">" || line[at - 2].norm == "<");
        if (!code || compares || !one_of(before, kBefore)) continue;
        const std::string& after = at + 1 < line.size() ? line[at + 1].norm : before;
        std::vector<SpecToken> rest = tokens_between(line, name, at - 1);
        if (after == "|" || after == ")" || after == ":") {
            rest.insert(rest.end(), {",", ",", std::nullopt, false, false, 0});
            const std::size_t behind = std::min(at + 2, line.size());
            rest.insert(rest.end(), line.begin() + static_cast<std::ptrdiff_t>(behind), line.end());
        }
        return CodedLine{*code, std::move(rest)};
    }
    return std::nullopt;
}

}  // namespace

std::optional<OperationCode> code_of(const SpecToken& token) {
    if (!token.is_word || !token.number) return std::nullopt;
    const std::size_t tick = token.raw.find('\'');
    if (tick != std::string::npos) {
        const auto bits = parse_int(token.raw.substr(0, tick));
        if (!bits || *bits < 1 || *bits > 16) return std::nullopt;
        return OperationCode{*token.number, static_cast<int>(*bits), *token.number, true};
    }
    if (token.raw.size() > 1 && token.raw.find_first_not_of("01") == std::string::npos) {
        std::int64_t value = 0;
        for (const char c : token.raw) value = value * 2 + (c - '0');
        return OperationCode{value, static_cast<int>(token.raw.size()), *token.number, false};
    }
    if (token.raw.find_first_not_of("0123456789") != std::string::npos) return std::nullopt;
    return OperationCode{*token.number, 0, *token.number, false};
}

std::optional<CodedLine> read_coded_line(const std::vector<SpecToken>& line,
                                         const std::string& op) {
    std::size_t at = 0;
    while (at < line.size() && is_lead(line[at], op)) ++at;
    if (at >= line.size()) return std::nullopt;
    if (const auto code = code_of(line[at])) return code_first(line, at, *code, op);
    return name_first(line, at);
}

std::vector<SpecToken> tokens_between(const std::vector<SpecToken>& tokens, std::size_t from,
                                      std::size_t until) {
    return {tokens.begin() + static_cast<std::ptrdiff_t>(from),
            tokens.begin() + static_cast<std::ptrdiff_t>(until)};
}

}  // namespace rtlgen::datasets

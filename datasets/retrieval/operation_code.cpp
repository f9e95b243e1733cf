// SPDX-License-Identifier: Apache-2.0
#include "datasets/retrieval/operation_code.h"

#include <algorithm>
#include <array>

#include "core/base/text.h"
#include "datasets/retrieval/name_words.h"

namespace rtlgen::datasets {
namespace {

/// What may stand before a code.
bool is_lead(const SpecToken& token, const CodePort& port) {
    constexpr auto kLeads =
        std::to_array<std::string_view>({"-", "*", "|", "=", "(", ".", "/", "when", "if", "for",
                                         "with", "is", "+", "opcode", "code", "else", "case", "["});
    return one_of(token.norm, kLeads) || to_lower(token.raw) == port.op;
}

/// What may stand between a code and its meaning.
bool is_separator(const SpecToken& token) {
    constexpr std::string_view kSeparators = ":|-=()>,?]*";
    return !token.is_word && token.norm.size() == 1 &&
           kSeparators.find(token.norm) != std::string_view::npos;
}

/// Behind the "[2:0]" that stands at `at`; `at` where none does.
std::size_t behind_slice(const std::vector<SpecToken>& line, std::size_t at) {
    constexpr std::size_t kLength = 5;
    const bool slice = at + kLength <= line.size() && line[at].norm == "[" &&
                       line[at + 2].norm == ":" && line[at + kLength - 1].norm == "]";
    return slice ? at + kLength : at;
}

/// Whether `at` stands within brackets: "a[3]", "[7:0]".
bool in_brackets(const std::vector<SpecToken>& line, std::size_t at) {
    for (std::size_t k = at; k > 0; --k) {
        if (line[k - 1].norm == "]") return false;
        if (line[k - 1].norm == "[") return true;
    }
    return false;
}

/// "sel = 3'b010", "sel 2", "code 2": the number at `at` is what the port takes.
bool is_selected(const std::vector<SpecToken>& line, std::size_t at, const CodePort& port) {
    std::size_t back = at;
    while (back > 0 && line[back - 1].norm == "=") --back;
    if (back == 0) return false;
    if (line[back - 1].norm == "]" && back >= 6 && behind_slice(line, back - 5) == back) back -= 5;
    const SpecToken& before = line[back - 1];
    return to_lower(before.raw) == port.op || is_code_noun(before.norm);
}

/// `010: and`: the code stands at `at`, its meaning behind it.
std::optional<CodedLine> code_first(const std::vector<SpecToken>& line, std::size_t at,
                                    const OperationCode& code, const CodePort& port) {
    std::size_t rest = at + 1;
    while (rest < line.size() && is_separator(line[rest])) ++rest;
    // The same code once more in another base: "| 2 | 010 | and |".
    if (rest > at + 1 && rest + 1 < line.size() && line[rest + 1].norm == "|") {
        const auto again = code_of(line[rest]);
        if (again && (again->value == code.value || again->value == code.decimal)) {
            const bool binary = again->bits > code.bits;
            std::vector<SpecToken> shorter = tokens_between(line, 0, at);
            shorter.insert(shorter.end(), line.begin() + static_cast<std::ptrdiff_t>(rest),
                           line.end());
            return code_first(shorter, at, binary ? *again : code, port);
        }
    }
    const bool width = rest < line.size() && line[rest].norm == "bit" &&
                       (rest == at + 1 || (rest == at + 2 && line[at + 1].norm == "-"));
    if (rest >= line.size() || width) return std::nullopt;
    // "010  a AND b" at the beginning of a line, or of an item.
    const bool leading = code.bits > 0 && rest + 1 < line.size() &&
                         std::ranges::none_of(tokens_between(line, 0, at), &SpecToken::is_word);
    // "fct 1 gives the bitwise OR"
    const bool selected = is_selected(line, at, port);
    if (rest == at + 1 && !leading && !selected) return std::nullopt;
    return CodedLine{code, tokens_between(line, rest, line.size()), selected};
}

/// Whether the number at `at` is no code: an index, a limit, what another port gets.
bool is_other_value(const std::vector<SpecToken>& line, std::size_t at, const OperationCode& code,
                    const CodePort& port) {
    if (in_brackets(line, at)) return true;
    if (at >= 2 && (line[at - 2].norm == ">" || line[at - 2].norm == "<")) return true;
    const bool assigned = at >= 2 && line[at - 1].norm == "=";
    if (assigned && port.others.contains(to_lower(line[at - 2].raw))) return true;
    return code.has_base && port.bits > 0 && code.bits > port.bits;
}

/// `AND (010)`: the name stands at `name`, the code behind it.
std::optional<CodedLine> name_first(const std::vector<SpecToken>& line, std::size_t name,
                                    const CodePort& port) {
    constexpr auto kBefore = std::to_array<std::string_view>({"(", "=", ":", "|"});
    for (std::size_t at = name + 1; at < line.size(); ++at) {
        const std::string& before = line[at - 1].norm;
        const auto code = code_of(line[at]);
        if (!code || !one_of(before, kBefore) || is_other_value(line, at, *code, port)) continue;
        const std::string& after = at + 1 < line.size() ? line[at + 1].norm : before;
        std::vector<SpecToken> rest = tokens_between(line, name, at - 1);
        if (after == "|" || after == ")" || after == ":") {
            rest.insert(rest.end(), {",", ",", std::nullopt, false, false, 0});
            const std::size_t behind = std::min(at + 2, line.size());
            rest.insert(rest.end(), line.begin() + static_cast<std::ptrdiff_t>(behind), line.end());
        }
        return CodedLine{*code, std::move(rest), false};
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
    if (token.raw.starts_with("0x") || token.raw.starts_with("0X")) {
        return OperationCode{*token.number, 0, *token.number, true};
    }
    if (token.raw.starts_with("0b") || token.raw.starts_with("0B")) {
        const int bits = static_cast<int>(token.raw.size()) - 2;
        return OperationCode{*token.number, bits, *token.number, true};
    }
    if (token.raw.find_first_not_of("0123456789") != std::string::npos) return std::nullopt;
    return OperationCode{*token.number, 0, *token.number, false};
}

std::optional<CodedLine> read_coded_line(const std::vector<SpecToken>& line, const CodePort& port) {
    std::size_t at = 0;
    while (at < line.size()) {
        const std::size_t behind = at > 0 ? behind_slice(line, at) : at;
        const bool noun = at + 1 < line.size() && is_code_noun(line[at].norm) &&
                          (code_of(line[at + 1]) || line[at + 1].norm == "=");
        if (behind > at) {
            at = behind;
        } else if (noun || is_lead(line[at], port)) {
            ++at;
        } else {
            break;
        }
    }
    if (at >= line.size()) return std::nullopt;
    if (const auto code = code_of(line[at])) return code_first(line, at, *code, port);
    return name_first(line, at, port);
}

bool is_code_noun(std::string_view norm) {
    constexpr auto kNouns = std::to_array<std::string_view>(
        {"code", "opcode", "command", "function", "operation", "selection", "selector", "op",
         "mode", "choice", "func", "fn", "cmd", "instruction", "select"});
    return one_of(norm, kNouns);
}

std::vector<SpecToken> tokens_between(const std::vector<SpecToken>& tokens, std::size_t from,
                                      std::size_t until) {
    return {tokens.begin() + static_cast<std::ptrdiff_t>(from),
            tokens.begin() + static_cast<std::ptrdiff_t>(until)};
}

}  // namespace rtlgen::datasets

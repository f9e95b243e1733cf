// SPDX-License-Identifier: Apache-2.0
// Operation tables in specifications: "- 010: bitwise AND", "| 0000 | AND |", "sel = 2'b01: f = x -
// y".
#include <algorithm>
#include <array>
#include <set>
#include <span>

#include "core/base/text.h"
#include "datasets/retrieval/design_rules.h"
#include "datasets/retrieval/operation_words.h"

namespace rtlgen::datasets {
namespace {

struct Code {
    std::int64_t value = 0;
    int bits = 0;              ///< as written; 0 for a decimal number
    std::int64_t decimal = 0;  ///< what the digits mean without a base
    bool has_base = false;     ///< `3'b010`
};

/// A number as a code: `3'b010`, `010` (binary where it is long enough and has such digits), `5`.
std::optional<Code> code_of(const SpecToken& token) {
    if (!token.is_word || !token.number) return std::nullopt;
    const std::size_t tick = token.raw.find('\'');
    if (tick != std::string::npos) {
        const auto bits = parse_int(token.raw.substr(0, tick));
        if (!bits || *bits < 1 || *bits > 16) return std::nullopt;
        return Code{*token.number, static_cast<int>(*bits), *token.number, true};
    }
    if (token.raw.size() > 1 && token.raw.find_first_not_of("01") == std::string::npos) {
        std::int64_t value = 0;
        for (const char c : token.raw) value = value * 2 + (c - '0');
        return Code{value, static_cast<int>(token.raw.size()), *token.number, false};
    }
    if (token.raw.find_first_not_of("0123456789") != std::string::npos) return std::nullopt;
    return Code{*token.number, 0, *token.number, false};
}

/// A line's code and what is left of it.
struct CodedLine {
    Code code;
    std::vector<SpecToken> rest;
};

/// `010: and`, `sel = 2'b10: f = x & y`, `AND (010)`, `AND = 010`.
std::optional<CodedLine> read_line(const std::vector<SpecToken>& line, const std::string& op) {
    std::size_t at = 0;
    auto is_lead = [&](const SpecToken& token) {
        return token.norm == "-" || token.norm == "*" || token.norm == "|" || token.norm == "=" ||
               token.norm == "(" || token.norm == "." || token.norm == "when" ||
               token.norm == "if" || token.norm == "is" || token.norm == "+" ||
               token.norm == "opcode" || token.norm == "code" || to_lower(token.raw) == op;
    };
    while (at < line.size() && is_lead(line[at])) ++at;
    if (at >= line.size()) return std::nullopt;
    if (const auto code = code_of(line[at])) {
        if (at + 2 > line.size()) return std::nullopt;
        std::size_t rest = at + 1;
        constexpr std::string_view kSeparators = ":|-=()>,";
        bool separated = false;
        while (rest < line.size() && !line[rest].is_word && line[rest].norm.size() == 1 &&
               kSeparators.find(line[rest].norm) != std::string_view::npos) {
            separated = true;
            ++rest;
        }
        // "010  a AND b" at the beginning of a line.
        if (at == 0 && code->bits > 0 && rest + 1 < line.size()) separated = true;
        // "fct 1 gives the bitwise OR"
        if (at > 0 && to_lower(line[at - 1].raw) == op) separated = true;
        if (!separated || rest >= line.size() || line[rest].norm == "bit") return std::nullopt;
        return CodedLine{*code, {line.begin() + static_cast<std::ptrdiff_t>(rest), line.end()}};
    }
    // The code behind the name.
    for (std::size_t k = at + 1; k < line.size(); ++k) {
        const auto code = code_of(line[k]);
        if (!code) continue;
        const std::string& before = line[k - 1].norm;
        if (before != "(" && before != "=" && before != ":" && before != "|") continue;
        const std::string& after = k + 1 < line.size() ? line[k + 1].norm : before;
        std::vector<SpecToken> rest(line.begin() + static_cast<std::ptrdiff_t>(at),
                                    line.begin() + static_cast<std::ptrdiff_t>(k - 1));
        if (after == "|" || after == ")" || after == ":") {
            rest.insert(rest.end(), {",", ",", std::nullopt, false, false, 0});
            rest.insert(rest.end(),
                        line.begin() + static_cast<std::ptrdiff_t>(std::min(k + 2, line.size())),
                        line.end());
        }
        return CodedLine{*code, std::move(rest)};
    }
    return std::nullopt;
}

std::vector<std::vector<SpecToken>> lines_of(const std::vector<SpecToken>& tokens) {
    std::vector<std::vector<SpecToken>> lines;
    int line = -1;
    for (const SpecToken& token : tokens) {
        if (token.norm == ".") continue;
        if (token.line != line) lines.emplace_back();
        line = token.line;
        lines.back().push_back(token);
    }
    return lines;
}

/// "op: 0 add, 1 sub (a-b), 2 and": entries of one sentence between commas or semicolons, whose
/// codes go up by one from 0; also "sel=0 -> r = x+y, sel=1 -> ...". Empty where there are fewer
/// than two.
std::vector<CodedLine> inline_table(const std::vector<SpecToken>& tokens, const std::string& op) {
    const auto selects = [&](std::size_t at) {  // "sel = 0 ->", "with sel = 0:"
        return at >= 2 && tokens[at - 1].norm == "=" && to_lower(tokens[at - 2].raw) == op;
    };
    const auto separates = [&](std::size_t at) {
        return tokens[at].norm == "," || tokens[at].norm == "." || tokens[at].norm == ":" ||
               tokens[at].norm == "-";
    };
    const auto begins = [&](std::size_t at, std::int64_t value) {
        if (at == 0 || at + 1 >= tokens.size() || !(separates(at - 1) || selects(at))) return false;
        const auto code = code_of(tokens[at]);
        if (!code || code->value != value) return false;
        const std::string& after = tokens[at + 1].norm;
        return after == ":" || after == "=" || after == "," || (selects(at) && after == "-") ||
               (tokens[at + 1].is_word && after != "bit");
    };
    for (std::size_t at = 0; at < tokens.size(); ++at) {
        if (!begins(at, 0)) continue;
        std::vector<CodedLine> table;
        std::size_t begin = at;
        while (begin < tokens.size()) {
            const auto next = static_cast<std::int64_t>(table.size()) + 1;
            std::size_t end = begin + 1;
            const auto other = [&](std::size_t k) {  // "z = 1 when ..." on a line of its own
                return tokens[k].line != tokens[k - 1].line && k + 1 < tokens.size() &&
                       tokens[k + 1].norm == "=" && to_lower(tokens[k].raw) != op;
            };
            while (end < tokens.size() && tokens[end].norm != "." && !begins(end, next) &&
                   !other(end)) {
                ++end;
            }
            const bool more =
                begins(end, next) || (end + 1 < tokens.size() && begins(end + 1, next));
            std::size_t first = begin + 1;
            while (first < tokens.size() &&
                   (tokens[first].norm == ":" || tokens[first].norm == "=" ||
                    tokens[first].norm == "," ||
                    (selects(begin) && (tokens[first].norm == "-" || tokens[first].norm == ">")))) {
                ++first;
            }
            std::vector<SpecToken> rest(
                tokens.begin() + static_cast<std::ptrdiff_t>(first),
                tokens.begin() + static_cast<std::ptrdiff_t>(std::max(first, end)));
            while (rest.size() > 1 && to_lower(rest[rest.size() - 2].raw) == op) {
                rest.resize(rest.size() - 2);  // "sel =" of the next one
            }
            while (!rest.empty() && !rest.back().is_word && rest.back().norm != ")")
                rest.pop_back();
            table.push_back({*code_of(tokens[begin]), std::move(rest)});
            if (!more) break;
            begin = begins(end, next) ? end : end + 1;
        }
        if (table.size() >= 2) return table;
    }
    return {};
}

bool token_is(const std::vector<SpecToken>& tokens, std::size_t at, std::string_view norm) {
    return at < tokens.size() && tokens[at].norm == norm;
}

/// "At 0 it adds, at 1 it subtracts; 2, 3 and 4 are AND, OR and XOR": codes that go up by one from
/// 0 in running text. What stands between two is what the first means; codes in a row share out
/// what follows them. Empty where there are fewer than three.
std::vector<CodedLine> running_table(const RuleContext& context) {
    const std::vector<SpecToken>& tokens = context.spec.tokens;
    const std::string op = context.role("op");
    std::int64_t most = 16;
    for (const SpecPort& port : context.spec.interface.ports) {
        if (to_lower(port.name) == op && port.width)
            most = std::int64_t{1} << std::min(*port.width, 8);
    }
    std::vector<std::size_t> codes;
    bool op_seen = false;
    for (std::size_t k = 0; k < tokens.size(); ++k) {
        op_seen = op_seen || to_lower(tokens[k].raw) == op;
        if (!op_seen || k + 1 >= tokens.size()) continue;
        const auto code = code_of(tokens[k]);
        const std::string& after = tokens[k + 1].norm;
        const bool width = after == "bit" || after == "-" || after == "]";
        const bool level = k > 1 && tokens[k - 1].norm == "=" && to_lower(tokens[k - 2].raw) != op;
        if (!code || width || level || code->value >= most ||
            code->value != static_cast<std::int64_t>(codes.size()))
            continue;
        codes.push_back(k);
    }
    constexpr std::size_t kFew = 3;
    if (codes.size() < kFew) return {};
    const auto joins = [](const SpecToken& token) {
        return token.norm == "," || token.raw == "and" || token.norm == "&";
    };
    // "the bitwise and, or and xor": the first is an operation.
    const auto parts_at = [&](std::size_t k, std::size_t end) {
        const bool operation = token_is(tokens, k, "and") && k + 1 < end && joins(tokens[k + 1]);
        return joins(tokens[k]) && !operation;
    };
    std::vector<CodedLine> table;
    for (std::size_t first = 0; first < codes.size();) {
        std::size_t last = first;  // of the codes in a row
        while (last + 1 < codes.size() &&
               std::all_of(tokens.begin() + static_cast<std::ptrdiff_t>(codes[last]) + 1,
                           tokens.begin() + static_cast<std::ptrdiff_t>(codes[last + 1]), joins)) {
            ++last;
        }
        std::size_t end = last + 1 < codes.size() ? codes[last + 1] : codes[last] + 1;
        const bool final = last + 1 == codes.size();
        while (final && end < tokens.size() && tokens[end].norm != ".") ++end;
        std::vector<std::vector<SpecToken>> parts(1);
        for (std::size_t k = codes[last] + 1; k < end; ++k) {
            if (last > first && parts.size() <= last - first && parts_at(k, end)) {
                if (!parts.back().empty()) parts.emplace_back();
            } else {
                parts.back().push_back(tokens[k]);
            }
        }
        if (parts.size() != last - first + 1) return {};
        for (std::size_t k = first; k <= last; ++k) {
            table.push_back({*code_of(tokens[codes[k]]), parts[k - first]});
        }
        first = last + 1;
    }
    return table;
}

/// A row of a table of ports: "| A | in | 8 | left operand |".
bool declares_port(const std::vector<SpecToken>& line) {
    for (std::size_t k = 1; k + 1 < line.size(); ++k) {
        const bool cell = line[k - 1].norm == "|" && line[k + 1].norm == "|";
        const std::string& norm = line[k].norm;
        if (cell && (norm == "in" || norm == "out" || norm == "i" || norm == "o")) return true;
    }
    return false;
}

/// "all others: 0", which is what the library gives.
bool is_rest(const std::vector<SpecToken>& line) {
    constexpr auto kRest = std::to_array<std::string_view>(
        {"all", "other", "any", "else", "unused", "remaining", "unassigned", "default"});
    const auto word = std::ranges::find_if(line, &SpecToken::is_word);
    if (word == line.end() || std::ranges::find(kRest, word->norm) == kRest.end()) return false;
    return line.back().norm == "0" || (line.size() > 1 && line[line.size() - 2].norm == "0");
}

/// "ZF: 1 when R is 0", "... is the borrow: 1 when": a plain number amid the description of a port.
bool tells_of_port(const RuleContext& context, const std::vector<SpecToken>& line,
                   const CodedLine& coded) {
    if (coded.code.has_base || coded.code.bits > 0) return false;
    const auto word = std::ranges::find_if(line, &SpecToken::is_word);
    if (word == line.end() || word->number) return false;
    const std::string first = to_lower(word->raw);
    if (first == context.role("op")) return false;
    const bool port = std::ranges::any_of(context.spec.interface.ports, [&](const SpecPort& one) {
        return to_lower(one.name) == first;
    });
    return port || (line.front().is_word && line.size() > 8);
}

/// The lines of the table, ports and parameters left out.
std::vector<CodedLine> table_lines(const RuleContext& context) {
    std::vector<CodedLine> table;
    for (const auto& line : lines_of(context.spec.tokens)) {
        const bool declares = std::ranges::any_of(line, [](const SpecToken& token) {
            return token.norm == "input" || token.norm == "output" || token.norm == "parameter" ||
                   token.norm == "module";
        });
        if (declares || line.front().norm == "#" || declares_port(line) || is_rest(line)) continue;
        auto coded = read_line(line, context.role("op"));
        if (coded && !tells_of_port(context, line, *coded)) table.push_back(*std::move(coded));
    }
    // Lines of a paragraph may begin with a code too.
    std::vector<CodedLine> running = running_table(context);
    const bool from_zero =
        std::ranges::any_of(table, [](const CodedLine& line) { return line.code.value == 0; });
    if (table.size() >= 2 && (from_zero || running.size() <= table.size())) return table;
    if (auto found = inline_table(context.spec.tokens, context.role("op")); !found.empty())
        return found;
    return running.empty() ? table : running;
}

/// "10" is two among 00, 01, 10, 11 and ten among 8, 9, 10, 11; among 0, 1, 10, 11 it could be
/// either. Error NotFound.
Status decide_radix(std::vector<CodedLine>& table) {
    const bool decimal =
        std::ranges::any_of(table, [](const CodedLine& line) { return line.code.bits == 0; });
    if (!decimal) return {};
    const bool clear = std::ranges::any_of(
        table, [](const CodedLine& line) { return line.code.bits == 0 && line.code.decimal > 1; });
    for (CodedLine& line : table) {
        if (line.code.has_base || line.code.bits == 0) continue;
        if (!clear) return fail(ErrorCode::NotFound, "its codes could be binary or decimal");
        line.code = {line.code.decimal, 0, line.code.decimal, false};
    }
    return {};
}

}  // namespace

Result<std::vector<TableRow>> read_operation_table(const RuleContext& context, int& code_bits) {
    std::vector<CodedLine> lines = table_lines(context);
    TRY(decide_radix(lines));
    std::vector<TableRow> table;
    std::set<std::int64_t> codes;
    code_bits = 0;
    std::int64_t largest = 0;
    for (const CodedLine& line : lines) {
        const Operation* operation = operation_of(context, line.rest);
        if (operation == nullptr) {
            std::string words;
            for (const SpecToken& token : line.rest) words += token.raw + " ";
            return fail(ErrorCode::NotFound, "its operation \"" + std::string(trim(words)) +
                                                 "\" is none that the library has");
        }
        if (!codes.insert(line.code.value).second) {
            return fail(ErrorCode::NotFound,
                        "it gives the code " + std::to_string(line.code.value) + " twice");
        }
        code_bits = std::max(code_bits, line.code.bits);
        largest = std::max(largest, line.code.value);
        table.push_back({line.code.value, operation->name});
    }
    if (table.size() < 2) {
        return fail(ErrorCode::NotFound, "it doesn't say which code means which operation");
    }
    if (largest > 0xFFFF) return fail(ErrorCode::NotFound, "its codes are too large");
    while ((std::int64_t{1} << code_bits) <= largest) ++code_bits;
    return table;
}

}  // namespace rtlgen::datasets

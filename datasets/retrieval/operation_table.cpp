// SPDX-License-Identifier: Apache-2.0
// Operation tables in specifications: "- 010: bitwise AND", "| 0000 | AND |", "sel = 2'b01: f = x -
// y".
#include <algorithm>
#include <array>
#include <set>
#include <span>

#include "core/base/text.h"
#include "datasets/retrieval/design_rules.h"

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

using Words = std::vector<std::string>;

std::string joined(const Words& words) { return join(words, " "); }

Words without(const Words& words, std::span<const std::string_view> unwanted) {
    Words kept;
    for (const std::string& word : words) {
        if (std::ranges::find(unwanted, word) == unwanted.end()) kept.push_back(word);
    }
    return kept;
}

/// A description of an operation in the words that the metadata use: ports are {a}, {b}, {y}.
class Description {
public:
    Description(const RuleContext& context, std::span<const SpecToken> tokens) {
        const std::string a = context.role("a");
        const std::string b = context.role("b");
        const std::string y = context.role("y");
        comparison_ = comparison_in(tokens, a, b);
        Words clause;
        for (const SpecToken& token : tokens) {
            const std::string lower = to_lower(token.raw);
            if (std::string_view(",():;.|-/").find(token.norm) != std::string_view::npos &&
                token.norm.size() == 1 && !(token.norm == "|" || token.norm == "-")) {
                flush(clause);
            } else if (lower == a) {
                clause.emplace_back("{a}");
            } else if (lower == b) {
                clause.emplace_back("{b}");
            } else if (lower == y || lower == "result" || token.norm == "=") {
                continue;
            } else if (token.norm == ">" || token.norm == "<") {
                const bool twice =
                    !clause.empty() && !clause.back().empty() &&
                    clause.back().find_first_not_of(token.norm[0]) == std::string::npos;
                if (twice) {
                    clause.back() += token.norm;
                } else {
                    clause.push_back(token.norm);
                }
            } else {
                clause.push_back(plain_form(token.norm));
            }
        }
        flush(clause);
        if (clauses_.size() > 1) {
            Words both = clauses_[0];
            both.insert(both.end(), clauses_[1].begin(), clauses_[1].end());
            clauses_.insert(clauses_.begin(), both);
        }
    }

    /// The operation that a clause names, or null. A clause that names another one makes it null.
    [[nodiscard]] const Operation* find(const std::vector<Operation>& operations) const {
        if (!comparison_.empty()) return by_name(comparison_, operations);
        for (const Words& clause : clauses_) {
            if (const Operation* found = of_clause(clause, operations)) return found;
        }
        return nullptr;
    }

private:
    static std::string plain_form(const std::string& norm) {
        if (norm.starts_with("shift")) return "shift";
        if (norm == "added" || norm == "adding") return "add";
        return norm;
    }

    void flush(Words& clause) {
        constexpr std::array<std::string_view, 6> kArticles = {"the",      "of",   "operation",
                                                               "and_then", "unit", "operand"};
        Words kept = without(clause, kArticles);
        // "less-than" is two words, "the sum of a and b" has no AND.
        for (std::size_t k = 1; k + 1 < kept.size(); ++k) {
            const bool operands = kept[k - 1] == "{a}" && kept[k + 1] == "{b}";
            const bool hyphen = kept[k] == "-" && kept[k - 1] != "{a}" && kept[k + 1] != "{b}";
            if (hyphen || (kept[k] == "and" && operands && k >= 2)) kept[k].clear();
        }
        std::erase(kept, "");
        const bool shifts = std::ranges::any_of(
            kept, [](const std::string& word) { return word == "<<" || word == ">>"; });
        if (shifts) std::erase(kept, "logical");
        while (!kept.empty() && kept.back() == "|") kept.pop_back();
        while (!kept.empty() && (kept.front() == "|" || kept.front() == "-"))
            kept.erase(kept.begin());
        if (!kept.empty()) clauses_.push_back(std::move(kept));
        clause.clear();
    }

    static const Operation* exact(const std::string& text,
                                  const std::vector<Operation>& operations) {
        for (const Operation& operation : operations) {
            for (const std::string& phrase : operation.phrases) {
                if (phrase == text) return &operation;
                const bool prefix =
                    phrase.ends_with('*') && text.find(' ') == std::string::npos &&
                    text.starts_with(std::string_view(phrase).substr(0, phrase.size() - 1));
                if (prefix) return &operation;
            }
        }
        return nullptr;
    }

    static const Operation* of_clause(const Words& clause,
                                      const std::vector<Operation>& operations) {
        if (const Operation* found = exact(joined(clause), operations)) return found;
        // "subtract b from a", "shift a left by b", "a AND b": the order of the operands counts.
        const auto a = std::ranges::find(clause, "{a}");
        const auto b = std::ranges::find(clause, "{b}");
        const bool from = std::ranges::find(clause, "from") != clause.end();
        const bool both = a != clause.end() && b != clause.end();
        if (both && (from ? a < b : b < a)) return nullptr;
        if (a == clause.end() && b != clause.end() && clause.back() != "{b}") return nullptr;
        constexpr std::array<std::string_view, 8> kSmall = {"{a}",  "{b}",  "by",  "to",
                                                            "from", "with", "bit", "amount"};
        const Operation* found = exact(joined(without(clause, kSmall)), operations);
        const bool single_operand =
            found != nullptr &&
            (found->name == "not" || found->name == "inc" || found->name == "dec");
        if (single_operand && b != clause.end()) return nullptr;
        return found;
    }

    static const Operation* by_name(std::string_view name,
                                    const std::vector<Operation>& operations) {
        const auto found = std::ranges::find_if(
            operations, [&](const Operation& one) { return one.name == name; });
        return found == operations.end() ? nullptr : &*found;
    }

    /// "1 if a is less than b as signed numbers, else 0": the operation's name; empty: it is none,
    /// or the sign isn't said.
    static std::string comparison_in(std::span<const SpecToken> tokens, const std::string& a,
                                     const std::string& b) {
        constexpr auto kAround = std::to_array<std::string_view>(
            {"1",        "0",          "if",        "is",   "than", "as",    "number",
             "value",    "else",       "otherwise", "both", "when", "the",   "result",
             "integer",  "treated",    "are",       "set",  "to",   "gives", "in",
             "s",        "complement", "two",       "2",    "an",   "a",     "operand",
             "compared", "comparison", "and"});
        int step = 0;  // a, less, b
        bool is_signed = false;
        bool is_unsigned = false;
        for (std::size_t k = 0; k < tokens.size(); ++k) {
            const std::string& norm = tokens[k].norm;
            const std::string lower = to_lower(tokens[k].raw);
            const bool shift =
                norm == "<" && ((k > 0 && tokens[k - 1].norm == "<") ||
                                (k + 1 < tokens.size() && tokens[k + 1].norm == "<"));
            if (shift) return "";
            if (lower == a && step == 0) {
                step = 1;
            } else if ((norm == "<" || norm == "less" || norm == "smaller") && step == 1) {
                step = 2;
            } else if (lower == b && step == 2) {
                step = 3;
            } else if (norm == "signed") {
                is_signed = true;
            } else if (norm == "unsigned") {
                is_unsigned = true;
            } else if (tokens[k].is_word && std::ranges::find(kAround, norm) == kAround.end()) {
                return "";
            }
        }
        if (step != 3 || is_signed == is_unsigned) return "";
        return is_signed ? "slt" : "sltu";
    }

    std::string comparison_;
    std::vector<Words> clauses_;
};

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
        constexpr std::string_view kSeparators = ":|-=)>,";
        bool separated = false;
        while (rest < line.size() && !line[rest].is_word && line[rest].norm.size() == 1 &&
               kSeparators.find(line[rest].norm) != std::string_view::npos) {
            separated = true;
            ++rest;
        }
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
/// codes go up by one from 0. Empty where there are fewer than two.
std::vector<CodedLine> inline_table(const std::vector<SpecToken>& tokens) {
    const auto separates = [&](std::size_t at) {
        return tokens[at].norm == "," || tokens[at].norm == "." || tokens[at].norm == ":" ||
               tokens[at].norm == "-";
    };
    const auto begins = [&](std::size_t at, std::int64_t value) {
        if (at == 0 || at + 1 >= tokens.size() || !separates(at - 1)) return false;
        const auto code = code_of(tokens[at]);
        if (!code || code->value != value) return false;
        const std::string& after = tokens[at + 1].norm;
        return after == ":" || after == "=" || (tokens[at + 1].is_word && after != "bit");
    };
    for (std::size_t at = 0; at < tokens.size(); ++at) {
        if (!begins(at, 0)) continue;
        std::vector<CodedLine> table;
        std::size_t begin = at;
        while (begin < tokens.size()) {
            const auto next = static_cast<std::int64_t>(table.size()) + 1;
            std::size_t end = begin + 1;
            while (end < tokens.size() && tokens[end].norm != "." && !begins(end, next)) ++end;
            const bool more =
                begins(end, next) || (end + 1 < tokens.size() && begins(end + 1, next));
            std::size_t first = begin + 1;
            if (tokens[first].norm == ":" || tokens[first].norm == "=") ++first;
            std::vector<SpecToken> rest(
                tokens.begin() + static_cast<std::ptrdiff_t>(first),
                tokens.begin() + static_cast<std::ptrdiff_t>(std::max(first, end)));
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

/// The lines of the table, ports and parameters left out.
std::vector<CodedLine> table_lines(const RuleContext& context) {
    std::vector<CodedLine> table;
    for (const auto& line : lines_of(context.spec.tokens)) {
        const bool declares = std::ranges::any_of(line, [](const SpecToken& token) {
            return token.norm == "input" || token.norm == "output" || token.norm == "parameter" ||
                   token.norm == "module";
        });
        if (declares) continue;
        if (auto coded = read_line(line, context.role("op"))) table.push_back(*std::move(coded));
    }
    if (table.size() >= 2) return table;
    if (auto found = inline_table(context.spec.tokens); !found.empty()) return found;
    return table;
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
        const Operation* operation =
            Description(context, line.rest).find(context.design.operations);
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

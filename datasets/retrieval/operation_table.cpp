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
                clause.push_back(token.norm);
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
        for (const Words& clause : clauses_) {
            if (const Operation* found = of_clause(clause, operations)) return found;
        }
        return nullptr;
    }

private:
    void flush(Words& clause) {
        constexpr std::array<std::string_view, 6> kArticles = {"the",      "of",   "operation",
                                                               "and_then", "unit", "operand"};
        Words kept = without(clause, kArticles);
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

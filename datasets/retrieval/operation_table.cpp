// SPDX-License-Identifier: Apache-2.0
// Operation tables in specifications: "- 010: bitwise AND", "| 0000 | AND |", "sel = 2'b01: f = x -
// y".
#include <algorithm>
#include <array>
#include <optional>
#include <set>

#include "core/base/text.h"
#include "datasets/retrieval/design_rules.h"
#include "datasets/retrieval/operation_code.h"
#include "datasets/retrieval/operation_sentences.h"
#include "datasets/retrieval/operation_words.h"

namespace rtlgen::datasets {
namespace {

std::vector<std::vector<SpecToken>> lines_of(const std::vector<SpecToken>& tokens) {
    std::vector<std::vector<SpecToken>> lines;
    int line = -1;
    for (const SpecToken& token : tokens) {
        // "0. a plus b": the point of a numbered list.
        const bool item = !lines.empty() && token.line == line && lines.back().size() == 1 &&
                          lines.back().front().number;
        if (token.norm == "." && item) {
            lines.back().push_back({":", ":", std::nullopt, false, false, line});
        }
        if (token.norm == ".") continue;
        if (token.line != line) lines.emplace_back();
        line = token.line;
        lines.back().push_back(token);
    }
    return lines;
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
        auto coded = read_coded_line(line, context.role("op"));
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

/// A code in binary digits, as long as those of the table, that it doesn't have.
std::optional<std::string> other_code(const RuleContext& context, int bits,
                                      const std::set<std::int64_t>& codes) {
    for (const SpecToken& token : context.spec.tokens) {
        const auto code = code_of(token);
        const bool alike = code && bits > 1 && code->bits == bits && !code->has_base;
        if (alike && !codes.contains(code->value)) return token.raw;
    }
    return std::nullopt;
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
    if (const auto left_over = other_code(context, code_bits, codes)) {
        return fail(ErrorCode::NotFound, "it isn't clear what its code " + *left_over + " means");
    }
    if (largest > 0xFFFF) return fail(ErrorCode::NotFound, "its codes are too large");
    while ((std::int64_t{1} << code_bits) <= largest) ++code_bits;
    return table;
}

}  // namespace rtlgen::datasets

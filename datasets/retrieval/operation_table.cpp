// SPDX-License-Identifier: Apache-2.0
// Operation tables in specifications: "- 010: bitwise AND", "| 0000 | AND |", "sel = 2'b01: f = x -
// y".
#include <algorithm>
#include <array>
#include <functional>
#include <optional>
#include <set>

#include "core/base/text.h"
#include "datasets/retrieval/design_rules.h"
#include "datasets/retrieval/operation_code.h"
#include "datasets/retrieval/operation_sentences.h"
#include "datasets/retrieval/operation_words.h"

namespace rtlgen::datasets {
namespace {

/// A line of the text; the marks of comments are left out.
struct Line {
    std::vector<SpecToken> tokens;
    bool continues = false;  ///< no sentence ends before it
};

/// Whether the comment's begin "//" stands at `at`.
bool is_comment(const std::vector<SpecToken>& tokens, std::size_t at) {
    return at + 1 < tokens.size() && tokens[at].norm == "/" && tokens[at + 1].norm == "/" &&
           tokens[at].line == tokens[at + 1].line;
}

std::vector<Line> lines_of(const std::vector<SpecToken>& tokens) {
    std::vector<Line> lines;
    int line = -1;
    bool ended = true;
    for (std::size_t k = 0; k < tokens.size(); ++k) {
        const SpecToken& token = tokens[k];
        // "0. a plus b": the point of a numbered list.
        const bool item = !lines.empty() && token.line == line && lines.back().tokens.size() == 1 &&
                          lines.back().tokens.front().number;
        if (token.norm == "." && item) {
            lines.back().tokens.push_back({":", ":", std::nullopt, false, false, line});
        }
        if (token.norm == ".") {
            ended = true;
            continue;
        }
        if (token.line != line) {
            // An empty line of a comment.
            const bool empty =
                is_comment(tokens, k) && k + 2 < tokens.size() && tokens[k + 2].line != token.line;
            lines.push_back({{}, !ended && !empty && token.line == line + 1});
        }
        line = token.line;
        ended = false;
        lines.back().tokens.push_back(token);
    }
    return lines;
}

std::vector<SpecToken> without_comment_mark(const std::vector<SpecToken>& tokens) {
    std::size_t at = 0;
    while (at < tokens.size() && tokens[at].norm == "/") ++at;
    return tokens_between(tokens, at, tokens.size());
}

/// What stands behind "//" on the line that declares the port `op`; else nothing.
std::vector<SpecToken> comment_behind(const std::vector<SpecToken>& line, const std::string& op) {
    bool declared = false;
    for (std::size_t at = 0; at < line.size(); ++at) {
        declared = declared || to_lower(line[at].raw) == op;
        if (!is_comment(line, at)) continue;
        return declared ? tokens_between(line, at + 2, line.size()) : std::vector<SpecToken>();
    }
    return {};
}

CodePort code_port(const RuleContext& context) {
    CodePort port{context.role("op"), 0, {}};
    for (const SpecPort& one : context.spec.interface.ports) {
        const std::string name = to_lower(one.name);
        if (name == port.op) {
            port.bits = one.width.value_or(0);
        } else {
            port.others.insert(name);
        }
    }
    return port;
}

/// A row of a table of ports: "| A | in | 8 | left operand |".
bool declares_port(const std::vector<SpecToken>& line) {
    for (std::size_t k = 1; k + 1 < line.size(); ++k) {
        const bool cell = line[k - 1].norm == "|" && line[k + 1].norm == "|";
        const std::string& norm = line[k].norm;
        constexpr auto kDirections =
            std::to_array<std::string_view>({"in", "out", "i", "o", "input", "output"});
        if (cell && std::ranges::find(kDirections, norm) != kDirections.end()) return true;
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

/// "input [7:0] a", "module x (", "in [7:0] a"
bool declares(const std::vector<SpecToken>& line) {
    const bool list = line.size() > 1 && line[1].norm == "[" &&
                      (line[0].norm == "in" || line[0].norm == "out" || line[0].norm == "wire" ||
                       line[0].norm == "reg" || line[0].norm == "logic");
    const auto keyword = [](const SpecToken& token) {
        return token.norm == "input" || token.norm == "output" || token.norm == "parameter" ||
               token.norm == "module";
    };
    // "| 010 | AND of both inputs |" begins with a code, and what it says is no direction.
    const auto code = std::ranges::find_if(line, &SpecToken::is_word);
    if (code != line.end() && code_of(*code)) {
        const auto said = std::find_if(code + 1, line.end(), std::mem_fn(&SpecToken::is_word));
        const bool marked = code + 1 != line.end() && !(code + 1)->is_word;
        if (marked && said != line.end() && !keyword(*said)) return list;
    }
    return list || std::ranges::any_of(line, keyword);
}

/// A row of the table, with the lines that go on with it.
struct TableLine {
    CodedLine coded;
    std::vector<SpecToken> more;  ///< of the lines behind
};

/// The lines of the table, ports and parameters left out.
std::vector<TableLine> coded_lines(const RuleContext& context) {
    const CodePort port = code_port(context);
    std::vector<TableLine> table;
    bool goes_on = false;  // with the last row
    for (const Line& line : lines_of(context.spec.tokens)) {
        std::vector<SpecToken> tokens = without_comment_mark(line.tokens);
        if (declares(tokens) && !is_comment(line.tokens, 0))
            tokens = comment_behind(tokens, port.op);
        if (tokens.empty()) {
            goes_on = false;
            continue;
        }
        const bool other = tokens.front().norm == "#" || declares_port(tokens) || is_rest(tokens);
        auto coded = other ? std::nullopt : read_coded_line(tokens, port);
        if (coded && tells_of_port(context, tokens, *coded)) coded.reset();
        goes_on = goes_on && line.continues && !other;
        const bool again = coded && goes_on && table.back().coded.selected && !coded->selected;
        if (coded && !again) {
            table.push_back({*std::move(coded), {}});
            goes_on = true;
        } else if (goes_on) {
            auto& more = table.back().more;
            more.insert(more.end(), tokens.begin(), tokens.end());
        }
    }
    return table;
}

/// The rows with what belongs to each; a line goes on with a row where both together say an
/// operation.
std::vector<CodedLine> joined(const RuleContext& context, std::vector<TableLine> lines) {
    const auto selected =
        std::ranges::count_if(lines, [](const TableLine& line) { return line.coded.selected; });
    // Where rows say "sel = 3'b000", those that don't are something else.
    if (selected >= 2) std::erase_if(lines, [](const TableLine& l) { return !l.coded.selected; });
    std::vector<CodedLine> table;
    for (TableLine& line : lines) {
        std::vector<SpecToken> both = line.coded.rest;
        both.insert(both.end(), line.more.begin(), line.more.end());
        const bool whole =
            !line.more.empty() && (operation_of_sentence(context, both) != nullptr ||
                                   operation_of(context, line.coded.rest) == nullptr);
        if (whole) line.coded.rest = std::move(both);
        table.push_back(std::move(line.coded));
    }
    return table;
}

std::vector<CodedLine> table_lines(const RuleContext& context) {
    std::vector<CodedLine> table = joined(context, coded_lines(context));
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

// SPDX-License-Identifier: Apache-2.0
#include "verify/assignment_lines.h"

#include <algorithm>
#include <optional>
#include <span>

#include "core/rtl/lexer.h"
#include "core/rtl/module_header.h"

namespace rtlgen::verify {
namespace {

using rtl::Token;
using rtl::TokenKind;

bool is_name(const Token& token) {
    return (token.kind == TokenKind::Identifier && !rtl::is_keyword(token.text)) ||
           token.kind == TokenKind::EscapedIdentifier;
}

bool ends_statement(const Token& token) {
    return token.is(";") || token.is("begin") || token.is("end");
}

bool opens(const Token& token) { return token.is("(") || token.is("[") || token.is("{"); }
bool closes(const Token& token) { return token.is(")") || token.is("]") || token.is("}"); }

/// Targets in front of an assignment sign: names outside of brackets of `a[i]`, or within `{a, b}`.
std::vector<const Token*> targets_of(std::span<const Token> left) {
    std::vector<const Token*> targets;
    // Backwards: `if (c) a[i]` has its target behind the condition.
    int depth = 0;
    for (std::size_t i = left.size(); i > 0; --i) {
        const Token& token = left[i - 1];
        if (token.is(")") || token.is("]")) ++depth;
        if (token.is("(") || token.is("[")) --depth;
        if (depth > 0 || token.is("[") || token.is("}") || token.is(",")) continue;
        if (!is_name(token)) break;
        targets.push_back(&token);
        const bool in_list = i > 1 && (left[i - 2].is(",") || left[i - 2].is("{"));
        const bool is_member = i > 1 && left[i - 2].is(".");
        if (!in_list && !is_member) break;
        if (is_member) {
            targets.pop_back();
            --i;
        }
    }
    return targets;
}

void read_statement(std::span<const Token> statement, ModuleAssignments& module) {
    int depth = 0;
    std::size_t sign = statement.size();
    for (std::size_t i = 0; i < statement.size() && sign == statement.size(); ++i) {
        if (opens(statement[i])) ++depth;
        if (closes(statement[i])) --depth;
        if (depth == 0 && i > 0 && (statement[i].is("=") || statement[i].is("<="))) sign = i;
    }
    if (sign == statement.size()) return;
    Assignment assignment;
    assignment.is_clocked = statement[sign].is("<=");
    const std::vector<const Token*> targets = targets_of(statement.first(sign));
    for (const Token& token : statement) {
        const bool is_target = std::ranges::any_of(
            targets, [&](const Token* target) { return target->offset == token.offset; });
        if (is_name(token) && !is_target) assignment.uses.emplace(rtl::name_of(token));
    }
    for (const Token* target : targets) {
        assignment.line = target->line;
        module.by_target[std::string(rtl::name_of(*target))].push_back(assignment);
    }
}

/// `.port(net)` of an instance: whichever side drives, the line is of interest to both names.
void read_connections(std::span<const Token> statement, ModuleAssignments& module) {
    for (std::size_t i = 0; i + 3 < statement.size(); ++i) {
        if (!statement[i].is(".") || !is_name(statement[i + 1]) || !statement[i + 2].is("(") ||
            !is_name(statement[i + 3])) {
            continue;
        }
        Assignment assignment;
        assignment.line = statement[i + 3].line;
        module.by_target[std::string(rtl::name_of(statement[i + 3]))].push_back(assignment);
    }
}

int line_at(std::string_view text, std::size_t offset) {
    const std::string_view before = text.substr(0, std::min(offset, text.size()));
    return 1 + static_cast<int>(std::ranges::count(before, '\n'));
}

}  // namespace

std::vector<ModuleAssignments> read_assignments(const SourceSet& design) {
    std::vector<ModuleAssignments> modules;
    for (const SourceFile& file : design.files) {
        const std::vector<Token> tokens = rtl::lex(file.text);
        for (const rtl::DesignUnit& unit : rtl::read_outline(file.text).units) {
            if (unit.kind != rtl::UnitKind::Module) continue;
            ModuleAssignments module{
                file.path, unit.header.name, unit.line, line_at(file.text, unit.span.end()), {}};
            const auto begin =
                std::ranges::lower_bound(tokens, unit.body_span.offset, {}, &Token::offset);
            const auto end =
                std::ranges::lower_bound(tokens, unit.body_span.end(), {}, &Token::offset);
            auto start = begin;
            for (auto at = begin; at != end; ++at) {
                if (!ends_statement(*at)) continue;
                const std::span<const Token> statement(start, at);
                read_statement(statement, module);
                if (at->is(";")) read_connections(statement, module);
                start = std::next(at);
            }
            modules.push_back(std::move(module));
        }
    }
    return modules;
}

const ModuleAssignments* module_at(const std::vector<ModuleAssignments>& modules,
                                   std::string_view file, int line) {
    const ModuleAssignments* innermost = nullptr;
    for (const ModuleAssignments& module : modules) {
        if (module.file != file || line < module.first_line || line > module.last_line) continue;
        innermost = &module;
    }
    return innermost;
}

}  // namespace rtlgen::verify

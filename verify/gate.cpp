// SPDX-License-Identifier: Apache-2.0
#include "verify/gate.h"

#include <algorithm>
#include <functional>
#include <map>

#include "core/base/text.h"
#include "core/base/units.h"
#include "core/rtl/lexer.h"
#include "core/rtl/module_header.h"
#include "verify/gate_lists.h"

namespace rtlgen::verify {
namespace {

using rtl::Token;
using rtl::TokenKind;
using Names = std::set<std::string, std::less<>>;

constexpr Bytes kMostCandidateText = mebibytes(4);
constexpr Bytes kMostOwnText = mebibytes(512);

/// What the candidate's files have defined so far.
struct OwnNames {
    Names modules;
    Names macros;
};

bool is_glued(const Token& left, const Token& right) { return left.end() == right.offset; }

bool is_name(const Token& token) {
    return token.kind == TokenKind::Identifier || token.kind == TokenKind::EscapedIdentifier;
}

/// Reads one file's tokens and collects what they may not say.
class FileGate {
public:
    FileGate(const SourceFile& file, const GateRequest& request, OwnNames& own,
             std::vector<Finding>& findings)
        : file_(file),
          request_(request),
          own_(own),
          findings_(findings),
          tokens_(rtl::lex(file.text, rtl::Comments::Keep)) {}

    void run() {
        std::erase_if(tokens_, [&](const Token& token) {
            if (token.unterminated) refuse(token, "unterminated", "does not end");
            return token.kind == TokenKind::Comment;
        });
        for (std::size_t i = 0; i + 1 < tokens_.size(); ++i) {
            if (tokens_[i].is("interface")) interfaces_.emplace(rtl::name_of(tokens_[i + 1]));
        }
        for (at_ = 0; at_ < tokens_.size(); ++at_) check(tokens_[at_]);
    }

private:
    void refuse(const Token& token, std::string_view rule, std::string_view why) {
        constexpr std::size_t kMostFindings = 50;
        constexpr std::size_t kLongestName = 40;
        if (findings_.size() >= kMostFindings) return;
        const std::string name(token.text.substr(0, kLongestName));
        findings_.push_back({Severity::Error, "gate/" + std::string(rule), file_.path, token.line,
                             token.column, "`" + name + "` " + std::string(why)});
    }

    [[nodiscard]] const Token* neighbour(std::ptrdiff_t distance) const {
        const auto index = static_cast<std::ptrdiff_t>(at_) + distance;
        if (index < 0 || index >= static_cast<std::ptrdiff_t>(tokens_.size())) return nullptr;
        return &tokens_[static_cast<std::size_t>(index)];
    }

    [[nodiscard]] bool neighbour_is(std::ptrdiff_t distance, std::string_view text) const {
        const Token* token = neighbour(distance);
        return token != nullptr && token->text == text;
    }

    void check(const Token& token) {
        switch (token.kind) {
            case TokenKind::SystemIdentifier:
                if (!std::ranges::count(allowed_system_functions(), token.text)) {
                    refuse(token, "system-task", "is no function that a design may call");
                }
                break;
            case TokenKind::Directive: check_directive(token); break;
            case TokenKind::Macro: check_macro(token); break;
            case TokenKind::Operator:
                if (token.text == "$") check_dollar(token);
                if (token.text == "(*") check_attribute();
                break;
            case TokenKind::String: check_string(token); break;
            case TokenKind::MacroOperator:
                refuse(token, "token-paste", "makes words that can't be read before they are used");
                break;
            case TokenKind::Bad: refuse(token, "bad-byte", "is no Verilog"); break;
            case TokenKind::Identifier:
            case TokenKind::EscapedIdentifier: check_word(token); break;
            default: break;
        }
    }

    /// `"""`: a string of its own kind for newer tools, an empty one beside another for the rest.
    void check_string(const Token& token) {
        const Token* before = neighbour(-1);
        if (before != nullptr && before->kind == TokenKind::String && is_glued(*before, token)) {
            refuse(token, "string", "stands beside another string, which not all tools read alike");
        }
    }

    void check_attribute() {
        for (std::size_t i = at_ + 1; i < tokens_.size() && tokens_[i].text != "*)"; ++i) {
            if (std::ranges::count(refused_attributes(), rtl::name_of(tokens_[i])) > 0) {
                refuse(tokens_[i], "attribute", "makes a netlist that isn't what was simulated");
            }
        }
    }

    void check_escaped(const Token& token) {
        if (token.text.starts_with("\\$")) {
            refuse(token, "tool-name",
                   "is a name that tools keep for cells and tasks of their own");
        }
        // For some tools a backspace ends it, and code may follow.
        const auto is_plain = [](char c) { return c > ' ' && c < '\x7f'; };
        if (!std::ranges::all_of(token.text, is_plain)) {
            refuse(token, "bad-byte", "is a name that not all tools read alike");
        }
    }

    void check_word(const Token& token) {
        if (token.kind == TokenKind::EscapedIdentifier) check_escaped(token);
        if (token.kind == TokenKind::Identifier) {
            const auto refused =
                std::ranges::find(refused_keywords(), token.text, &RefusedWord::word);
            if (refused != refused_keywords().end()) refuse(token, "keyword", refused->why);
            const Token* next = neighbour(1);
            if (token.text == "import" && next != nullptr && next->kind == TokenKind::String) {
                refuse(token, "dpi", "imports foreign code");
            }
            if (token.text == "module" || token.text == "macromodule") begin_module();
        }
        const Token* after = neighbour(1);
        if (token.in_define || (after != nullptr && after->kind == TokenKind::Macro)) {
            refuse_bench_name(token);
        }
        if (neighbour_is(1, ".") && !neighbour_is(-1, ".")) check_dotted(token);
    }

    void check_directive(const Token& token) {
        if (!std::ranges::count(allowed_directives(), token.text)) {
            refuse(token, "directive", "is no directive that a design may use");
            return;
        }
        const Token* name = neighbour(1);
        if (name == nullptr || !is_name(*name)) return;
        const std::string macro(rtl::name_of(*name));
        if (token.text == "`define") {
            own_.macros.insert(macro);
        } else if (token.text == "`ifdef" || token.text == "`ifndef" || token.text == "`elsif") {
            check_condition(token, *name, macro);
        }
    }

    /// A condition has one answer for the gate and for all tools where the macro is the
    /// candidate's, or one of those that by custom tell tools apart.
    void check_condition(const Token& directive, const Token& name, const std::string& macro) {
        const bool guard =
            directive.text == "`ifndef" && neighbour_is(2, "`define") && neighbour_is(3, name.text);
        const auto is_given = [&](const NameValue& given) { return given.name == macro; };
        const bool known = guard || own_.macros.contains(macro) ||
                           std::ranges::any_of(request_.candidate.defines, is_given) ||
                           std::ranges::count(customary_macros(), macro) > 0;
        if (!known || request_.bench_macros.contains(macro)) {
            refuse(name, "condition", "is no macro of the candidate's own");
        }
    }

    /// Macros are put in as text: what stands beside one must not go on with its last word.
    void check_macro(const Token& token) {
        const Token* before = neighbour(-1);
        if (before != nullptr && is_glued(*before, token) &&
            (is_name(*before) || before->kind == TokenKind::SystemIdentifier ||
             before->kind == TokenKind::Macro || before->text == "$")) {
            refuse(token, "macro", "goes on with the word before it");
        }
        std::size_t last = at_;
        if (neighbour_is(1, "(")) {
            last = closing(at_ + 1);
            for (std::size_t i = at_ + 2; i < last; ++i) refuse_bench_name(tokens_[i]);
        }
        if (last + 1 >= tokens_.size()) return;
        const Token& next = tokens_[last + 1];
        if (next.text == ".") refuse(token, "outside-name", "is no name that the gate can read");
        const bool is_word = is_name(next) || next.kind == TokenKind::SystemIdentifier ||
                             next.kind == TokenKind::Macro;
        if (last != at_ && is_word && is_glued(tokens_[last], next)) {
            refuse(token, "macro", "goes on with the word after it");
        }
    }

    /// The bracket that ends the list at `open`, or the last token.
    [[nodiscard]] std::size_t closing(std::size_t open) const {
        int depth = 0;
        for (std::size_t i = open; i < tokens_.size(); ++i) {
            if (tokens_[i].text == "(") ++depth;
            if (tokens_[i].text == ")" && --depth == 0) return i;
        }
        return tokens_.size() - 1;
    }

    /// `$` alone is the end of a queue or of time: `[$]`, `[1:$]`, `[$-1]`. Elsewhere it waits for
    /// a word.
    void check_dollar(const Token& token) {
        const Token* next = neighbour(1);
        const bool begins = neighbour_is(-1, "[") || neighbour_is(-1, ":");
        const bool ends = neighbour_is(1, "]") || neighbour_is(1, "-") || neighbour_is(1, "+") ||
                          neighbour_is(1, ":");
        if (!begins || !ends || next->line != token.line) {
            refuse(token, "token-paste", "makes words that can't be read before they are used");
        }
    }

    void refuse_bench_name(const Token& token) {
        if (is_name(token) && request_.bench_names.contains(rtl::name_of(token))) {
            refuse(token, "outside-name", "is a name of the testbench");
        }
    }

    void begin_module() {
        module_begin_ = at_;
        std::ptrdiff_t name_at = 1;
        if (neighbour_is(1, "automatic") || neighbour_is(1, "static")) name_at = 2;
        const Token* name = neighbour(name_at);
        if (name == nullptr) return;
        const std::string text(rtl::name_of(*name));
        if (request_.reserved_modules.contains(text)) {
            refuse(*name, "reserved-module", "is a module of the testbench or the reference");
        }
        if (!own_.modules.insert(text).second)
            refuse(*name, "duplicate-module", "is defined twice");
    }

    /// `a.b`: the name `a` must be one that its own module uses by itself as well, as a declared
    /// instance or structure is, or an interface of the file; else it is looked up outside of the
    /// design.
    void check_dotted(const Token& head) {
        if (neighbour_is(-1, "::")) return;
        const std::string name(rtl::name_of(head));
        if (request_.bench_names.contains(name)) {
            refuse(head, "outside-name", "is a name of the testbench");
        } else if (!own_names().contains(name) && !interfaces_.contains(name)) {
            refuse(head, "outside-name", "is no name of its own module");
        }
    }

    /// Identifiers between the current module's keyword and its endmodule that stand without a dot
    /// on either side.
    const Names& own_names() {
        const auto found = names_of_module_.find(module_begin_);
        if (found != names_of_module_.end()) return found->second;
        Names& names = names_of_module_[module_begin_];
        for (std::size_t i = module_begin_; i < tokens_.size(); ++i) {
            const Token& token = tokens_[i];
            if (token.is("endmodule")) break;
            const bool word =
                token.kind == TokenKind::Identifier || token.kind == TokenKind::EscapedIdentifier;
            const bool dotted = (i > 0 && tokens_[i - 1].text == ".") ||
                                (i + 1 < tokens_.size() && tokens_[i + 1].text == ".");
            if (word && !dotted) names.emplace(rtl::name_of(token));
        }
        return names;
    }

    const SourceFile& file_;
    const GateRequest& request_;
    OwnNames& own_;
    std::vector<Finding>& findings_;
    std::vector<Token> tokens_;
    Names interfaces_;
    std::size_t at_ = 0;
    std::size_t module_begin_ = 0;
    std::map<std::size_t, Names> names_of_module_;
};

Bytes most_text(Trust trust) { return trust == Trust::Own ? kMostOwnText : kMostCandidateText; }

void check_size(const GateRequest& request, std::vector<Finding>& findings) {
    if (is_readable_size(request.candidate, request.trust)) return;
    findings.push_back({Severity::Error, "gate/size", "", 0, 0,
                        "the design's text is larger than " +
                            std::to_string(most_text(request.trust).count >> 20U) + " MiB"});
}

void check_top(const std::string& top, std::vector<Finding>& findings) {
    if (top.empty() || is_simple_identifier(top)) return;
    findings.push_back(
        {Severity::Error, "gate/name", "", 0, 0, "the top's name is no plain identifier: " + top});
}

}  // namespace

void reserve_names(GateRequest& request, const SourceSet& set) {
    for (const NameValue& define : set.defines) request.bench_macros.insert(define.name);
    if (!set.top.empty()) request.bench_names.insert(set.top);
    for (const SourceFile& file : set.files) {
        Names asked;  // modules that another one of the file instantiates
        const std::vector<rtl::DesignUnit> units = rtl::read_outline(file.text).units;
        for (const rtl::DesignUnit& unit : units) {
            for (const rtl::Instance& instance : unit.instances) {
                asked.insert(instance.module_name);
                request.bench_names.insert(instance.name);
            }
        }
        for (const rtl::DesignUnit& unit : units) {
            if (unit.kind == rtl::UnitKind::Class) continue;
            request.reserved_modules.insert(unit.header.name);
            if (!asked.contains(unit.header.name)) request.bench_names.insert(unit.header.name);
        }
        const std::vector<Token> tokens = rtl::lex(file.text);
        bool in_header = false;  // of a task or a function
        for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
            if (tokens[i].text == "`define") {
                request.bench_macros.emplace(rtl::name_of(tokens[i + 1]));
            }
            // Blocks, tasks and functions have names that are found upwards as well.
            const bool block = tokens[i].is("begin") || tokens[i].is("fork");
            if (block && tokens[i + 1].is(":") && i + 2 < tokens.size()) {
                request.bench_names.emplace(rtl::name_of(tokens[i + 2]));
            }
            const bool header_ends = tokens[i + 1].is("(") || tokens[i + 1].is(";");
            if (tokens[i].is("task") || tokens[i].is("function")) in_header = true;
            if (in_header && header_ends) {
                in_header = false;
                if (is_name(tokens[i])) request.bench_names.emplace(rtl::name_of(tokens[i]));
            }
        }
    }
}

bool is_readable_size(const SourceSet& design, Trust trust) {
    std::uint64_t total = 0;
    for (const SourceFile& file : design.files) total += file.text.size();
    return total <= most_text(trust).count;
}

std::vector<Finding> run_gate(const GateRequest& request) {
    std::vector<Finding> findings;
    check_size(request, findings);
    check_top(request.candidate.top, findings);
    if (request.trust == Trust::Own || !findings.empty()) return findings;
    OwnNames own;
    for (const SourceFile& file : request.candidate.files) {
        FileGate(file, request, own, findings).run();
    }
    return findings;
}

std::string gate_policy() {
    std::string text;
    for (const std::string_view name : allowed_system_functions()) text += std::string(name) + "\n";
    for (const std::string_view name : allowed_directives()) text += std::string(name) + "\n";
    for (const std::string_view name : customary_macros()) text += std::string(name) + "\n";
    for (const RefusedWord& word : refused_keywords()) text += std::string(word.word) + "\n";
    for (const std::string_view name : refused_attributes()) text += std::string(name) + "\n";
    return text;
}

}  // namespace rtlgen::verify

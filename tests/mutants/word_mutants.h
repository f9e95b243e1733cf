// SPDX-License-Identifier: Apache-2.0
// Mutants of a design by its words: operators swapped, constants moved, conditions negated,
// assignments dropped, edges turned (the operators of Offutt et al. 1996 for Verilog).
#pragma once

#include <array>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/text.h"
#include "core/rtl/lexer.h"

namespace rtlgen::test {

struct CodeMutant {
    std::string what;  ///< "line 12: + becomes -"
    std::string code;
    std::string operation;  ///< what kind of change: "operator"
};

/// Walks over the words behind the module's header. `sizes`: local parameters whose values a
/// specification gives; like those in the header they are no part of the design.
class WordMutator {
public:
    WordMutator(const std::string& code, std::set<std::string> sizes)
        : code_(code), tokens_(rtl::lex(code)), sizes_(std::move(sizes)) {}

    std::vector<CodeMutant> all() {
        skip_statement();
        for (; at_ < tokens_.size(); ++at_) step();
        return std::move(mutants_);
    }

private:
    /// To the next semicolon.
    void skip_statement() {
        while (at_ < tokens_.size() && !tokens_[at_].is(";")) ++at_;
    }

    [[nodiscard]] const rtl::Token& token(std::size_t index) const { return tokens_[index]; }

    void step() {
        const rtl::Token& now = token(at_);
        if (now.is("[") && is_declared_range()) {
            at_ = closing(at_, "[", "]");
            return;
        }
        if (now.is("localparam") && at_ + 1 < tokens_.size() &&
            sizes_.contains(std::string(token(at_ + 1).text))) {
            return skip_statement();
        }
        if (now.is("(")) ++depth_;
        if (now.is(")")) --depth_;
        const bool boundary = now.is(";") || now.is("begin") || now.is("end") || now.is("else");
        if (boundary) assigned_ = false;
        if (now.is("=")) assigned_ = true;
        operation_ = "condition";
        if (now.is("if")) negate_condition();
        operation_ = "edge";
        if (now.is("posedge")) replace("negedge");
        if (now.is("negedge")) replace("posedge");
        operation_ = "operator";
        if (now.kind == rtl::TokenKind::Operator) change_operator(now);
        operation_ = "constant";
        if (now.kind == rtl::TokenKind::Number) change_number(now);
    }

    /// The index of the bracket that closes the one at `from`.
    [[nodiscard]] std::size_t closing(std::size_t from, std::string_view open,
                                      std::string_view close) const {
        int depth = 0;
        for (std::size_t k = from; k < tokens_.size(); ++k) {
            if (token(k).is(open)) ++depth;
            if (token(k).is(close) && --depth == 0) return k;
        }
        return tokens_.size() - 1;
    }

    /// A range rather than an index: with a colon.
    [[nodiscard]] bool is_declared_range() const {
        const std::size_t end = closing(at_, "[", "]");
        for (std::size_t k = at_; k < end; ++k) {
            if (token(k).is(":")) return true;
        }
        return false;
    }

    void add(std::size_t from, std::size_t to, const std::string& text) {
        std::string changed = code_;
        const std::string old = changed.substr(from, to - from);
        changed.replace(from, to - from, text);
        mutants_.push_back({"line " + std::to_string(token(at_).line) + ": " + old + " becomes " +
                                (text.empty() ? "nothing" : text),
                            std::move(changed), operation_});
    }
    void replace(const std::string& text) { add(token(at_).offset, token(at_).end(), text); }

    void negate_condition() {
        if (at_ + 1 >= tokens_.size() || !token(at_ + 1).is("(")) return;
        const std::size_t end = closing(at_ + 1, "(", ")");
        const std::size_t from = token(at_ + 1).offset;
        add(from, token(end).end(), "(!" + code_.substr(from, token(end).end() - from) + ")");
    }

    /// "a <= b;" in a block: the whole assignment goes.
    void drop_assignment() {
        std::size_t end = at_;
        while (end < tokens_.size() && !token(end).is(";")) ++end;
        std::size_t begin = at_ - 1;
        int depth = 0;
        for (; begin > 0; --begin) {
            if (token(begin).is("]") || token(begin).is("}")) ++depth;
            if (token(begin).is("[") || token(begin).is("{")) --depth;
            const bool name = token(begin).kind == rtl::TokenKind::Identifier;
            if (depth == 0 && (name || token(begin).is("{"))) break;
        }
        operation_ = "dropped assignment";
        add(token(begin).offset, token(end).offset, "");
        assigned_ = true;
    }

    void change_operator(const rtl::Token& now) {
        if (now.is("<=") && depth_ == 0 && !assigned_) return drop_assignment();
        struct Swap {
            std::string_view from;
            const char* to;
        };
        constexpr std::array<Swap, 19> kSwaps = {{{"+", "-"},
                                                  {"-", "+"},
                                                  {"*", "+"},
                                                  {"==", "!="},
                                                  {"!=", "=="},
                                                  {"<", ">="},
                                                  {">", "<="},
                                                  {"<=", ">"},
                                                  {">=", "<"},
                                                  {"&&", "||"},
                                                  {"||", "&&"},
                                                  {"&", "|"},
                                                  {"|", "&"},
                                                  {"^", "|"},
                                                  {"<<", ">>"},
                                                  {">>", "<<"},
                                                  {">>>", ">>"},
                                                  {"!", ""},
                                                  {"~", ""}}};
        for (const Swap& swap : kSwaps) {
            if (now.is(swap.from)) replace(swap.to);
        }
    }

    void change_number(const rtl::Token& now) {
        const std::string text(now.text);
        const std::size_t quote = text.find('\'');
        if (quote == std::string::npos) {
            const auto value = parse_int(text);
            if (!value) return;
            replace(std::to_string(*value + 1));
            if (*value > 0) replace(std::to_string(*value - 1));
            return;
        }
        if (quote + 2 >= text.size()) return;
        std::string flipped = text;
        char& last = flipped.back();
        if (last == '0') {
            last = '1';
        } else if (last >= '1' && last <= '9') {
            last = static_cast<char>(last - 1);
        } else {
            return;
        }
        replace(flipped);
    }

    const std::string& code_;
    std::vector<rtl::Token> tokens_;
    std::set<std::string> sizes_;
    std::vector<CodeMutant> mutants_;
    std::string operation_;
    std::size_t at_ = 0;
    int depth_ = 0;
    bool assigned_ = false;
};

}  // namespace rtlgen::test

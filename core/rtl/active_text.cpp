// SPDX-License-Identifier: Apache-2.0
#include "core/rtl/active_text.h"

#include <algorithm>
#include <array>

#include "core/base/text.h"

namespace rtlgen::rtl {
namespace {

/// One open `ifdef.
struct Conditional {
    bool outer_active = true;
    bool active = false;
    bool any_taken = false;  ///< a branch before this one was active
};

class Reader {
public:
    Reader(std::string_view text, MacroTexts& macros, const OnInclude& on_include)
        : text_(text), tokens_(lex(text)), macros_(macros), on_include_(on_include) {}

    ActiveText read() {
        while (at_ < tokens_.size()) {
            const Token& token = tokens_[at_];
            if (token.kind == TokenKind::Directive) {
                directive(token);
            } else if (!active() || token.in_define) {
                ++at_;
            } else if (token.text == "(*") {
                skip_attribute();
            } else {
                result_.tokens.push_back(token);
                ++at_;
            }
        }
        return std::move(result_);
    }

private:
    [[nodiscard]] bool active() const { return stack_.empty() || stack_.back().active; }

    /// The name after a directive, which is consumed.
    std::string take_name() {
        if (at_ >= tokens_.size()) return {};
        const TokenKind kind = tokens_[at_].kind;
        if (kind != TokenKind::Identifier && kind != TokenKind::EscapedIdentifier) return {};
        return std::string(name_of(tokens_[at_++]));
    }

    void directive(const Token& token) {
        ++at_;
        const std::string_view word = token.text.substr(1);
        if (token.in_define && word != "define") return;  // a directive within a macro's text
        if (word == "ifdef" || word == "ifndef") {
            const bool defined = macros_.contains(take_name());
            const bool taken = active() && defined == (word == "ifdef");
            stack_.push_back({active(), taken, taken});
        } else if (word == "elsif" || word == "else") {
            const bool holds = word == "else" || macros_.contains(take_name());
            if (!stack_.empty()) {
                Conditional& top = stack_.back();
                top.active = top.outer_active && !top.any_taken && holds;
                top.any_taken = top.any_taken || top.active;
            }
        } else if (word == "endif") {
            if (!stack_.empty()) stack_.pop_back();
        } else if (word == "define") {
            define(token);
        } else if (active()) {
            plain_directive(token, word);
        }
    }

    void plain_directive(const Token& token, std::string_view word) {
        static constexpr std::array<std::string_view, 7> kToLineEnd = {
            "timescale",      "line",   "pragma",           "default_nettype",
            "begin_keywords", "uselib", "unconnected_drive"};
        if (word == "undef") {
            macros_.erase(take_name());
        } else if (word == "undefineall") {
            macros_.clear();
        } else if (word == "include") {
            include(token);
        } else if (std::ranges::find(kToLineEnd, word) != kToLineEnd.end()) {
            skip_line(token.line);
        }
    }

    void skip_line(int line) {
        while (at_ < tokens_.size() && tokens_[at_].line == line) ++at_;
    }

    void include(const Token& token) {
        if (at_ >= tokens_.size() || tokens_[at_].line != token.line) return;
        if (tokens_[at_].kind == TokenKind::String) {
            add_include({string_value(tokens_[at_++]), token.line});
        } else if (tokens_[at_].text.starts_with('<')) {
            const std::size_t begin = tokens_[at_].offset + 1;
            const std::size_t line_end = std::min(text_.find('\n', begin), text_.size());
            const std::size_t close = text_.substr(0, line_end).find('>', begin);
            if (close == std::string_view::npos) return;
            const std::string_view name = text_.substr(begin, close - begin);
            add_include({std::string(name), token.line});
            while (at_ < tokens_.size() && tokens_[at_].offset <= close) ++at_;
        }
    }

    void add_include(IncludeLine include) {
        if (on_include_) on_include_(include, macros_);
        result_.includes.push_back(std::move(include));
    }

    /// `define NAME text: an argument list stands at the name without white space between.
    void define(const Token& token) {
        const std::string name = take_name();
        std::size_t body_begin = at_ > 0 ? tokens_[at_ - 1].end() : token.end();
        std::size_t body_end = body_begin;
        const bool has_arguments =
            at_ < tokens_.size() && tokens_[at_].is("(") && tokens_[at_].offset == body_begin;
        while (at_ < tokens_.size() && tokens_[at_].in_define && tokens_[at_].text != "`define") {
            body_end = tokens_[at_++].end();
        }
        if (name.empty() || !active()) return;
        if (has_arguments) {
            macros_[name] = {};
            return;
        }
        const std::string_view body = text_.substr(body_begin, body_end - body_begin);
        macros_[name] = std::string(trim(body));
    }

    void skip_attribute() {
        std::size_t close = at_;
        while (close < tokens_.size() && tokens_[close].text != "*)") ++close;
        at_ = close < tokens_.size() ? close + 1 : at_ + 1;
    }

    std::string_view text_;
    std::vector<Token> tokens_;
    std::size_t at_ = 0;
    std::vector<Conditional> stack_;
    MacroTexts& macros_;
    const OnInclude& on_include_;
    ActiveText result_;
};

}  // namespace

MacroTexts macro_texts(const std::vector<NameValue>& defines) {
    MacroTexts macros;
    for (const NameValue& define : defines) macros[define.name] = define.value.value_or("");
    return macros;
}

ActiveText active_text(std::string_view text, MacroTexts& macros, const OnInclude& on_include) {
    return Reader(text, macros, on_include).read();
}

ActiveText active_text(std::string_view text, const std::vector<NameValue>& defines) {
    MacroTexts macros = macro_texts(defines);
    ActiveText result = active_text(text, macros, {});
    result.macros = std::move(macros);
    return result;
}

std::string name_in_macro(const Token& token, const MacroTexts& macros) {
    constexpr std::size_t kLongest = 1024;
    if (token.kind != TokenKind::Macro) return {};
    const auto macro = macros.find(token.text.substr(1));
    if (macro == macros.end() || macro->second.size() > kLongest) return {};
    const std::vector<Token> text = lex(macro->second);
    const bool is_name =
        text.size() == 1 && text[0].kind == TokenKind::Identifier && !is_keyword(text[0].text);
    return is_name ? std::string(text[0].text) : std::string();
}

}  // namespace rtlgen::rtl

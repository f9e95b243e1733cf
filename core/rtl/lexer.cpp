// SPDX-License-Identifier: Apache-2.0
// A hand-written scanner: one function a kind of token, one table of operators.
#include "core/rtl/lexer.h"

#include <algorithm>
#include <array>

#include "core/rtl/words.h"

namespace rtlgen::rtl {
namespace {

using namespace std::string_view_literals;

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_word(char c) { return is_letter(c) || is_digit(c) || c == '$'; }

// Longest first; single characters are in kSingles.
constexpr std::array kOperators = {
    "<<<="sv, ">>>="sv, "==="sv, "!=="sv, "==?"sv, "!=?"sv, "<<<"sv, ">>>"sv, "<<="sv,
    ">>="sv,  "<->"sv,  "|->"sv, "|=>"sv, "->>"sv, "&&&"sv, "#-#"sv, "#=#"sv, "&&"sv,
    "||"sv,   "=="sv,   "!="sv,  "<="sv,  ">="sv,  "<<"sv,  ">>"sv,  "**"sv,  "++"sv,
    "--"sv,   "+="sv,   "-="sv,  "*="sv,  "/="sv,  "%="sv,  "&="sv,  "|="sv,  "^="sv,
    "~&"sv,   "~|"sv,   "~^"sv,  "^~"sv,  "->"sv,  "=>"sv,  "*>"sv,  "::"sv,  "+:"sv,
    "-:"sv,   ":="sv,   ":/"sv,  "##"sv,  ".*"sv,  "'{"sv,  "@@"sv};
constexpr std::string_view kSingles = "!#$%&'()*+,-./:;<=>?@[]^{|}~";

constexpr std::array kKindNames = {"identifier"sv,
                                   "escaped identifier"sv,
                                   "system identifier"sv,
                                   "directive"sv,
                                   "macro"sv,
                                   "macro operator"sv,
                                   "number"sv,
                                   "string"sv,
                                   "operator"sv,
                                   "comment"sv,
                                   "bad"sv,
                                   "end"sv};

/// The digits that a base of clause 5.7.1 takes, or nothing where `base` is none.
std::string_view digits_of_base(char base) {
    switch (base) {
        case 'b':
        case 'B': return "01xXzZ?_";
        case 'o':
        case 'O': return "01234567xXzZ?_";
        case 'd':
        case 'D': return "0123456789xXzZ?_";
        case 'h':
        case 'H': return "0123456789abcdefABCDEFxXzZ?_";
        default: return {};
    }
}

}  // namespace

std::string_view to_string(TokenKind kind) { return kKindNames.at(static_cast<std::size_t>(kind)); }

Lexer::Lexer(std::string_view text) : text_(text) {
    if (text_.starts_with("\xEF\xBB\xBF")) pos_ = line_start_ = 3;
}

void Lexer::newline_at(std::size_t offset) {
    ++line_;
    line_start_ = offset + 1;
}

/// Of a backslash before a line's end, within a macro's text.
std::size_t Lexer::continuation_length() const {
    if (!in_define_ || peek() != '\\') return 0;
    if (peek(1) == '\n') return 2;
    return peek(1) == '\r' && peek(2) == '\n' ? 3 : 0;
}

void Lexer::skip_space() {
    while (pos_ < text_.size()) {
        const char c = text_[pos_];
        if (const std::size_t length = continuation_length(); length > 0) {
            pos_ += length;
            newline_at(pos_ - 1);
        } else if (is_space(c)) {
            if (c == '\n') {
                newline_at(pos_);
                in_define_ = false;
            }
            ++pos_;
        } else {
            return;
        }
    }
}

Token Lexer::take(TokenKind kind, std::size_t length) {
    Token token;
    token.kind = kind;
    token.in_define = in_define_;
    token.line = line_;
    token.offset = pos_;
    token.column = static_cast<int>(pos_ - line_start_) + 1;
    token.text = text_.substr(pos_, length);
    pos_ += token.text.size();
    return token;
}

Token Lexer::take_spanning_lines(TokenKind kind, std::size_t length) {
    const Token token = take(kind, length);
    for (std::size_t at = token.text.find('\n'); at != std::string_view::npos;
         at = token.text.find('\n', at + 1)) {
        newline_at(token.offset + at);
    }
    return token;
}

Token Lexer::next() {
    skip_space();
    if (pos_ >= text_.size()) return take(TokenKind::End, 0);
    const char c = text_[pos_];
    if (is_letter(c)) {
        std::size_t end = pos_;
        while (end < text_.size() && is_word(text_[end])) ++end;
        return take(TokenKind::Identifier, end - pos_);
    }
    if (is_digit(c) || c == '\'') return number();
    if (c == '/' && peek(1) == '/') return line_comment();
    if (c == '/' && peek(1) == '*') return block_comment();
    if (c == '"') return string();
    if (c == '`') return backquote();
    if (c == '\\') return backslash();
    if (c == '$' && is_word(peek(1))) {
        std::size_t end = pos_ + 1;
        while (end < text_.size() && is_word(text_[end])) ++end;
        return take(TokenKind::SystemIdentifier, end - pos_);
    }
    return operator_or_bad();
}

Token Lexer::line_comment() {
    std::size_t end = std::min(text_.find('\n', pos_), text_.size());
    if (end > pos_ && end < text_.size() && text_[end - 1] == '\r') --end;
    // In a macro's text a comment ends before the backslash that continues the text.
    if (in_define_ && text_[end - 1] == '\\') --end;
    return take(TokenKind::Comment, end - pos_);
}

Token Lexer::block_comment() {
    const std::size_t close = text_.find("*/", pos_ + 2);
    const bool open = close == std::string_view::npos;
    Token token = take_spanning_lines(TokenKind::Comment, open ? text_.size() : close + 2 - pos_);
    token.unterminated = open;
    return token;
}

Token Lexer::string() {
    std::size_t end = pos_ + 1;
    while (end < text_.size() && text_[end] != '"' && text_[end] != '\n') {
        const bool escaped_crlf = text_.substr(end).starts_with("\\\r\n");
        end += text_[end] == '\\' ? (escaped_crlf ? 3U : 2U) : 1U;
    }
    end = std::min(end, text_.size());
    const bool closed = end < text_.size() && text_[end] == '"';
    if (!closed && end < text_.size() && text_[end - 1] == '\r') --end;
    Token token = take_spanning_lines(TokenKind::String, end - pos_ + (closed ? 1U : 0U));
    token.unterminated = !closed;
    return token;
}

Token Lexer::backquote() {
    const std::string_view rest = text_.substr(pos_);
    if (rest.starts_with("`\\`\"")) return take(TokenKind::MacroOperator, 4);
    if (rest.starts_with("``") || rest.starts_with("`\"")) return take(TokenKind::MacroOperator, 2);
    std::size_t end = pos_ + 1;
    if (peek(1) == '\\') {  // `\escaped-name
        while (end < text_.size() && !is_space(text_[end])) ++end;
        return take(end > pos_ + 2 ? TokenKind::Macro : TokenKind::Bad, end - pos_);
    }
    if (!is_letter(peek(1))) return take(TokenKind::Bad, 1);
    while (end < text_.size() && is_word(text_[end])) ++end;
    const std::string_view name = text_.substr(pos_ + 1, end - pos_ - 1);
    const Token token =
        take(is_directive_word(name) ? TokenKind::Directive : TokenKind::Macro, end - pos_);
    if (name == "define") in_define_ = true;
    return token;
}

Token Lexer::backslash() {
    std::size_t end = pos_ + 1;
    while (end < text_.size() && !is_space(text_[end])) ++end;
    return take(end > pos_ + 1 ? TokenKind::EscapedIdentifier : TokenKind::Bad, end - pos_);
}

std::size_t Lexer::digits_end(std::size_t at, std::string_view digits) const {
    return std::min(text_.find_first_not_of(digits, at), text_.size());
}

std::size_t Lexer::spaces_end(std::size_t at) const {
    return std::min(text_.find_first_not_of(" \t\n\v\f\r", at), text_.size());
}

std::size_t Lexer::blanks_end(std::size_t at) const {
    return std::min(text_.find_first_not_of(" \t", at), text_.size());
}

/// The end of 'hff, with blanks before the digits; `quote` itself where none stands there.
std::size_t Lexer::based_end(std::size_t quote) const {
    if (quote >= text_.size() || text_[quote] != '\'') return quote;
    std::size_t at = quote + 1;
    if (at < text_.size() && (text_[at] == 's' || text_[at] == 'S')) ++at;
    const std::string_view digits =
        at < text_.size() ? digits_of_base(text_[at]) : std::string_view{};
    if (digits.empty()) return quote;
    const std::size_t begin = blanks_end(at + 1);
    const std::size_t end = digits_end(begin, digits);
    return end > begin ? end : at + 1;
}

/// The end of a real number's fraction, exponent and time unit, from the end of its first digits.
std::size_t Lexer::real_end(std::size_t at) const {
    const auto digit_at = [&](std::size_t i) { return i < text_.size() && is_digit(text_[i]); };
    if (at < text_.size() && text_[at] == '.' && digit_at(at + 1)) {
        at = digits_end(at + 1, "0123456789_");
    }
    if (at < text_.size() && (text_[at] == 'e' || text_[at] == 'E')) {
        const bool sign = at + 1 < text_.size() && (text_[at + 1] == '+' || text_[at + 1] == '-');
        if (digit_at(at + (sign ? 2U : 1U))) {
            at = digits_end(at + (sign ? 2U : 1U), "0123456789_");
        }
    }
    static constexpr std::array kUnits = {"step"sv, "ms"sv, "us"sv, "ns"sv, "ps"sv, "fs"sv, "s"sv};
    for (const std::string_view unit : kUnits) {
        const std::size_t end = at + unit.size();
        if (text_.substr(at).starts_with(unit) && (end >= text_.size() || !is_word(text_[end]))) {
            return end;
        }
    }
    return at;
}

Token Lexer::number() {
    if (peek() == '\'') {
        if (const std::size_t end = based_end(pos_); end > pos_) {
            return take(TokenKind::Number, end - pos_);
        }
        static constexpr std::string_view kUnbased = "01xXzZ";
        if (pos_ + 1 < text_.size() && kUnbased.find(peek(1)) != std::string_view::npos &&
            !is_word(peek(2))) {
            return take(TokenKind::Number, 2);
        }
        return operator_or_bad();
    }
    const std::size_t end = digits_end(pos_, "0123456789_");
    // A size may stand apart from its base.
    const std::size_t quote = blanks_end(end);
    if (const std::size_t based = based_end(quote); based > quote) {
        return take(TokenKind::Number, based - pos_);
    }
    return take(TokenKind::Number, real_end(end) - pos_);
}

Token Lexer::operator_or_bad() {
    const std::string_view rest = text_.substr(pos_);
    if (in_attribute_ && rest.starts_with("*)")) {
        in_attribute_ = false;
        return take(TokenKind::Operator, 2);
    }
    if (!in_attribute_ && rest.starts_with("(*")) {
        const std::size_t after = spaces_end(pos_ + 2);
        if (after >= text_.size() || text_[after] != ')') {
            in_attribute_ = true;
            return take(TokenKind::Operator, 2);
        }
    }
    for (const std::string_view op : kOperators) {
        if (rest.starts_with(op)) return take(TokenKind::Operator, op.size());
    }
    if (kSingles.find(rest.front()) != std::string_view::npos) return take(TokenKind::Operator, 1);
    std::size_t length = 1;
    const auto foreign = [](char c) { return static_cast<unsigned char>(c) >= 0x80; };
    while (length < rest.size() && foreign(rest[0]) && foreign(rest[length])) ++length;
    return take(TokenKind::Bad, length);
}

std::vector<Token> lex(std::string_view text, Comments comments) {
    std::vector<Token> tokens;
    tokens.reserve(text.size() / 6);
    Lexer lexer(text);
    for (Token token = lexer.next(); token.kind != TokenKind::End; token = lexer.next()) {
        if (token.kind != TokenKind::Comment || comments == Comments::Keep) tokens.push_back(token);
    }
    return tokens;
}

std::string_view name_of(const Token& token) {
    return token.kind == TokenKind::EscapedIdentifier ? token.text.substr(1) : token.text;
}

std::string string_value(const Token& token) {
    std::string_view text = token.text;
    if (text.starts_with('"')) text.remove_prefix(1);
    if (!token.unterminated && text.ends_with('"')) text.remove_suffix(1);
    std::string value;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\\' || i + 1 >= text.size()) {
            value += text[i];
            continue;
        }
        const char c = text[++i];
        const auto octal = [&](std::size_t at) {
            return at < text.size() && text[at] >= '0' && text[at] <= '7';
        };
        if (c == 'n') {
            value += '\n';
        } else if (c == 't') {
            value += '\t';
        } else if (c == '\n') {
            continue;
        } else if (octal(i)) {
            unsigned code = 0;
            for (int count = 0; count < 3 && octal(i); ++count, ++i) {
                code = code * 8 + static_cast<unsigned>(text[i] - '0');
            }
            --i;
            value += static_cast<char>(code & 0xFFU);
        } else {
            value += c;
        }
    }
    return value;
}

}  // namespace rtlgen::rtl

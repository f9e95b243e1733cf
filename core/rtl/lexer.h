// SPDX-License-Identifier: Apache-2.0
// The words of a Verilog or SystemVerilog text, before or after preprocessing (IEEE 1800-2017,
// clauses 5 and 22).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace rtlgen::rtl {

enum class TokenKind : std::uint8_t {
    Identifier,         ///< keywords too: older texts use newer keywords as names
    EscapedIdentifier,  ///< from the backslash to the last byte before white space
    SystemIdentifier,   ///< $display
    Directive,          ///< `define and the other compiler directives of clause 22
    Macro,              ///< `NAME: the use of a macro
    MacroOperator,      ///< `` and `" and `\`" of a macro's text
    Number,             ///< 12, 8'hff, 'x, 1.5e3, 10ns; 4'b where digits are missing
    String,             ///< with its quotes
    Operator,           ///< operators and punctuation, the longest that fits; (* and *) too
    Comment,            ///< // to the end of the line, or /* */
    Bad,                ///< bytes that begin no token
    End,                ///< the end of the text; its text is empty
};
std::string_view to_string(TokenKind kind);

struct Token {
    TokenKind kind = TokenKind::End;
    bool in_define = false;     ///< part of the text of a `define: name, arguments or body
    bool unterminated = false;  ///< a string or block comment without its end
    int line = 1;               ///< from 1
    int column = 1;             ///< in bytes, from 1
    std::size_t offset = 0;     ///< in bytes, from 0
    std::string_view text;      ///< into the caller's text

    [[nodiscard]] bool is(std::string_view word) const {
        return text == word &&
               (kind == TokenKind::Identifier || kind == TokenKind::Operator ||
                kind == TokenKind::Directive || kind == TokenKind::SystemIdentifier);
    }
    [[nodiscard]] std::size_t end() const { return offset + text.size(); }
};

/// Gives tokens one by one; never fails, and takes time linear in the text. The text outlives it.
class Lexer {
public:
    explicit Lexer(std::string_view text);

    /// The next token, comments too; at the end of the text an End token, again and again.
    Token next();

private:
    [[nodiscard]] char peek(std::size_t ahead = 0) const {
        return pos_ + ahead < text_.size() ? text_[pos_ + ahead] : '\0';
    }
    void skip_space();
    void newline_at(std::size_t offset);
    [[nodiscard]] std::size_t continuation_length() const;
    Token take(TokenKind kind, std::size_t length);
    Token take_spanning_lines(TokenKind kind, std::size_t length);
    Token line_comment();
    Token block_comment();
    Token string();
    Token backquote();
    Token backslash();
    Token number();
    Token operator_or_bad();
    [[nodiscard]] std::size_t digits_end(std::size_t at, std::string_view digits) const;
    [[nodiscard]] std::size_t spaces_end(std::size_t at) const;
    [[nodiscard]] std::size_t blanks_end(std::size_t at) const;
    [[nodiscard]] std::size_t based_end(std::size_t quote) const;
    [[nodiscard]] std::size_t real_end(std::size_t at) const;

    std::string_view text_;
    std::size_t pos_ = 0;
    std::size_t line_start_ = 0;
    int line_ = 1;
    bool in_define_ = false;
    bool in_attribute_ = false;
};

enum class Comments { Drop, Keep };

/// All tokens of `text` but End.
[[nodiscard]] std::vector<Token> lex(std::string_view text, Comments comments = Comments::Drop);

/// Reserved words of IEEE 1800-2017 (annex B), which hold those of Verilog.
[[nodiscard]] bool is_keyword(std::string_view word);

/// The name that a token stands for: an escaped identifier without its backslash.
[[nodiscard]] std::string_view name_of(const Token& token);

/// The content of a String token: without quotes, escapes of clause 5.9.1 resolved.
[[nodiscard]] std::string string_value(const Token& token);

}  // namespace rtlgen::rtl

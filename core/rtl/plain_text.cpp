// SPDX-License-Identifier: Apache-2.0
#include "core/rtl/plain_text.h"

#include <algorithm>
#include <array>

#include "core/rtl/lexer.h"
#include "core/rtl/line_map.h"

namespace rtlgen::rtl {
namespace {

/// Directives that a preprocessor acts upon; the others it hands on.
constexpr std::array<std::string_view, 9> kActedUpon = {"`define", "`undef",  "`undefineall",
                                                        "`ifdef",  "`ifndef", "`elsif",
                                                        "`else",   "`endif",  "`include"};

/// A token and the line that it goes to.
struct Placed {
    Token token;
    int line = 1;
};

bool touches(const Token& left, const Token& right) { return left.end() == right.offset; }

/// Writes tokens to their lines; lines never go down.
class Writer {
public:
    void write(const Placed& placed) {
        const Token& token = placed.token;
        const bool first = line_ < placed.line || text_.empty();
        if (line_ < placed.line) {
            text_.append(static_cast<std::size_t>(placed.line - line_), '\n');
            line_ = placed.line;
        }
        if (first) {
            // Where a macro gave it the column means nothing, but does no harm.
            text_.append(static_cast<std::size_t>(token.column - 1), ' ');
        } else {
            text_.append(blanks_before(token), ' ');
        }
        text_ += token.text;
        line_ += static_cast<int>(std::ranges::count(token.text, '\n'));
        last_ = token;
    }

    std::string finish() {
        if (!text_.empty()) text_ += '\n';
        return std::move(text_);
    }

private:
    [[nodiscard]] std::size_t blanks_before(const Token& token) const {
        if (touches(last_, token)) return 0;
        const bool goes_on = token.line == last_.line && token.offset > last_.end();
        return goes_on ? token.offset - last_.end() : 1;
    }

    std::string text_;
    int line_ = 1;
    Token last_;
};

/// The tokens of a preprocessor's output, each with its file's line, apart by file.
class Sorter {
public:
    Sorter(std::string_view printed, const std::vector<std::string>& names)
        : printed_(printed), names_(names), map_(printed), placed_(names.size()) {}

    std::vector<std::string> run() {
        Lexer lexer(printed_);
        for (Token token = lexer.next(); token.kind != TokenKind::End; token = lexer.next()) {
            if (token.kind == TokenKind::Comment && !token.unterminated) continue;
            if (skips(token)) continue;
            place(token);
        }
        std::vector<std::string> texts;
        for (std::vector<Placed>& placed : placed_) texts.push_back(written(placed));
        return texts;
    }

private:
    /// Whether `token` is part of a `line directive of the preprocessor. One that begins an
    /// included text stands where the `include was.
    bool skips(const Token& token) {
        if (token.is("`line")) {
            directive_line_ = token.line;
            move_to(token.line);
        }
        return token.line == directive_line_;
    }

    /// Goes on with the file and line of a printed line, where that is one of the files'.
    void move_to(int printed_line) {
        const SourceLine at = map_.map(printed_line);
        const auto name = std::ranges::find(names_, at.file);
        if (name == names_.end()) return;
        file_ = static_cast<std::size_t>(name - names_.begin());
        line_ = at.line;
    }

    void place(const Token& token) {
        move_to(token.line);
        if (file_ < placed_.size()) placed_[file_].push_back({token, std::max(line_, 1)});
    }

    /// A macro's text of several lines belongs to the line that what follows says.
    static std::string written(std::vector<Placed>& placed) {
        for (std::size_t i = placed.size(); i > 1; --i) {
            placed[i - 2].line = std::min(placed[i - 2].line, placed[i - 1].line);
        }
        Writer writer;
        for (const Placed& one : placed) writer.write(one);
        return writer.finish();
    }

    std::string_view printed_;
    const std::vector<std::string>& names_;
    LineMap map_;
    std::vector<std::vector<Placed>> placed_;
    std::size_t file_ = 0;
    int line_ = 1;
    int directive_line_ = 0;
};

}  // namespace

bool needs_preprocessing(std::string_view text) {
    Lexer lexer(text);
    for (Token token = lexer.next(); token.kind != TokenKind::End; token = lexer.next()) {
        if (token.kind == TokenKind::Macro || token.kind == TokenKind::MacroOperator) return true;
        if (token.kind == TokenKind::Directive && std::ranges::count(kActedUpon, token.text) > 0) {
            return true;
        }
    }
    return false;
}

std::string plain_text(std::string_view text) {
    Writer writer;
    Lexer lexer(text);
    for (Token token = lexer.next(); token.kind != TokenKind::End; token = lexer.next()) {
        // One that doesn't end is left for those who refuse it.
        if (token.kind == TokenKind::Comment && !token.unterminated) continue;
        writer.write({token, token.line});
    }
    return writer.finish();
}

std::vector<std::string> plain_texts(std::string_view printed,
                                     const std::vector<std::string>& names) {
    return Sorter(printed, names).run();
}

}  // namespace rtlgen::rtl

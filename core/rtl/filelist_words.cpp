// SPDX-License-Identifier: Apache-2.0
#include "core/rtl/filelist_words.h"

#include <algorithm>

namespace rtlgen::rtl {
namespace {

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

bool is_name_byte(char c) {
    return c == '_' || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

class Splitter {
public:
    Splitter(std::string_view text, const std::string& name, const FileReader& reader)
        : text_(text), name_(name), reader_(reader) {}

    Result<std::vector<FilelistWord>> split() {
        if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
        while (at_ < text_.size()) {
            TRY_ASSIGN(const bool between, skip_between());
            if (between) continue;
            FilelistWord word{{}, line_};
            TRY(take_word(word.text));
            words_.push_back(std::move(word));
        }
        return std::move(words_);
    }

private:
    [[nodiscard]] bool see(std::string_view mark) const {
        return text_.substr(at_).starts_with(mark);
    }

    tl::unexpected<Error> error(std::string message, int line) const {
        return fail(ErrorCode::InvalidArgument, std::move(message),
                    name_ + ":" + std::to_string(line));
    }

    void advance(std::size_t count) {
        for (; count > 0 && at_ < text_.size(); --count) {
            if (text_[at_++] == '\n') ++line_;
        }
    }

    /// The length of a backslash and the line's end behind it, or 0.
    [[nodiscard]] std::size_t continuation() const {
        return see("\\\n") ? 2 : see("\\\r\n") ? 3 : 0;
    }

    /// White space or a comment: true where something was passed.
    Result<bool> skip_between() {
        if (is_space(text_[at_])) {
            advance(1);
        } else if (const std::size_t length = continuation(); length > 0) {
            advance(length);
        } else if (see("//") || see("#")) {
            advance(std::min(text_.find('\n', at_), text_.size()) - at_);
        } else if (see("/*")) {
            const std::size_t close = text_.find("*/", at_ + 2);
            if (close == std::string_view::npos) return error("/* is not closed", line_);
            advance(close + 2 - at_);
        } else {
            return false;
        }
        return true;
    }

    Status take_word(std::string& word) {
        while (at_ < text_.size() && !is_space(text_[at_])) {
            const char c = text_[at_];
            if (const std::size_t length = continuation(); length > 0) {
                advance(length);
            } else if (c == '"' || c == '\'') {
                TRY(take_quoted(c, word));
            } else if (c == '\\' && at_ + 1 < text_.size()) {
                word += text_[at_ + 1];
                advance(2);
            } else if (c == '$') {
                TRY(take_variable(word));
            } else {
                word += c;
                advance(1);
            }
        }
        return {};
    }

    Status take_quoted(char quote, std::string& word) {
        const int begin = line_;
        advance(1);
        while (at_ < text_.size() && text_[at_] != quote) {
            if (quote == '"' && text_[at_] == '$') {
                TRY(take_variable(word));
                continue;
            }
            const bool escape =
                quote == '"' && at_ + 1 < text_.size() && (see("\\\"") || see("\\\\"));
            if (escape) advance(1);
            word += text_[at_];
            advance(1);
        }
        if (at_ >= text_.size()) return error("a quote is not closed", begin);
        advance(1);
        return {};
    }

    Status take_variable(std::string& word) {
        const char bracket = at_ + 1 < text_.size() ? text_[at_ + 1] : '\0';
        const bool bracketed = bracket == '{' || bracket == '(';
        const std::size_t begin = at_ + (bracketed ? 2 : 1);
        std::size_t end = begin;
        const bool digit = begin < text_.size() && text_[begin] >= '0' && text_[begin] <= '9';
        while (!digit && end < text_.size() && is_name_byte(text_[end])) ++end;
        const char closing = bracket == '{' ? '}' : ')';
        const bool closed = !bracketed || (end < text_.size() && text_[end] == closing);
        if (end == begin || !closed) {
            word += '$';
            advance(1);
            return {};
        }
        const std::string variable(text_.substr(begin, end - begin));
        const auto value = reader_.variable(variable);
        if (!value) return error("the environment variable " + variable + " is not set", line_);
        word += *value;
        advance(end + (bracketed ? 1 : 0) - at_);
        return {};
    }

    std::string_view text_;
    const std::string& name_;
    const FileReader& reader_;
    std::size_t at_ = 0;
    int line_ = 1;
    std::vector<FilelistWord> words_;
};

}  // namespace

Result<std::vector<FilelistWord>> filelist_words(std::string_view text, const std::string& name,
                                                 const FileReader& reader) {
    return Splitter(text, name, reader).split();
}

}  // namespace rtlgen::rtl

// SPDX-License-Identifier: Apache-2.0
#include "datasets/retrieval/spec_text.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/base/text.h"

namespace rtlgen::datasets {
namespace {

constexpr auto kNumberWords = std::to_array<std::pair<std::string_view, int>>({
    {"zero", 0},     {"one", 1},      {"two", 2},        {"three", 3},     {"four", 4},
    {"five", 5},     {"six", 6},      {"seven", 7},      {"eight", 8},     {"nine", 9},
    {"ten", 10},     {"eleven", 11},  {"twelve", 12},    {"thirteen", 13}, {"fourteen", 14},
    {"fifteen", 15}, {"sixteen", 16}, {"seventeen", 17}, {"eighteen", 18}, {"nineteen", 19},
    {"twenty", 20},  {"thirty", 30},  {"forty", 40},     {"fifty", 50},    {"sixty", 60},
    {"seventy", 70}, {"eighty", 80},  {"ninety", 90},    {"hundred", 100}, {"thousand", 1000},
});

std::optional<std::int64_t> number_word(std::string_view lower) {
    for (const auto& [word, value] : kNumberWords) {
        if (word == lower) return value;
    }
    return std::nullopt;
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_name_char(char c) { return is_letter(c) || is_digit(c) || c == '$'; }

/// Digits of a Verilog literal in its base; none where one doesn't fit.
std::optional<std::int64_t> parse_based(char base, std::string_view digits) {
    const int radix = base == 'b' ? 2 : base == 'o' ? 8 : base == 'd' ? 10 : 16;
    std::int64_t value = 0;
    for (const char c : digits) {
        if (c == '_') continue;
        const int digit = is_digit(c) ? c - '0' : (c | 0x20) - 'a' + 10;
        if (digit < 0 || digit >= radix || value > (INT64_MAX >> 5)) return std::nullopt;
        value = value * radix + digit;
    }
    return value;
}

class Tokenizer {
public:
    explicit Tokenizer(std::string_view text) : text_(text) {}

    std::vector<SpecToken> run() {
        while (at_ < text_.size()) step();
        return std::move(tokens_);
    }

private:
    [[nodiscard]] char peek(std::size_t ahead = 0) const {
        return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
    }

    void add(std::string raw, std::string norm, std::optional<std::int64_t> number, bool is_word) {
        tokens_.push_back(
            {std::move(raw), std::move(norm), number, is_word, quote_ != '\0', line_});
    }
    void mark(char c) { add(std::string(1, c), std::string(1, c), std::nullopt, false); }
    void sentence_end() {
        if (!tokens_.empty() && tokens_.back().norm != ".") mark('.');
    }

    void step() {
        const char c = peek();
        if (c == '\n') {
            new_line();
        } else if (c == '`' || c == '"') {
            toggle_quote(c);
        } else if (is_digit(c)) {
            number();
        } else if (is_letter(c)) {
            word();
        } else {
            punctuation(c);
        }
    }

    void new_line() {
        ++at_;
        ++line_;
        std::size_t look = at_;
        while (look < text_.size() && (text_[look] == ' ' || text_[look] == '\t')) ++look;
        if (look >= text_.size()) return;
        constexpr std::string_view kItem = "\n\r-*#|+";
        const bool numbered = text_[look] == '(' && look + 2 < text_.size() &&
                              is_digit(text_[look + 1]) && text_[look + 2] == ')';
        if (numbered || kItem.find(text_[look]) != std::string_view::npos) sentence_end();
    }

    /// Whether the same mark stands before long.
    [[nodiscard]] bool closes(char c) const {
        constexpr std::size_t kReach = 80;
        const std::string_view ahead = text_.substr(at_, kReach);
        return ahead.substr(0, ahead.find("\n\n")).find(c) != std::string_view::npos;
    }

    /// A run of backticks is a fence and quotes nothing.
    void toggle_quote(char c) {
        std::size_t run = 0;
        while (peek(run) == c) ++run;
        at_ += run;
        if (run > 1) {
            sentence_end();
            return;
        }
        if (c == '"' && quote_ != c && !closes(c)) return;
        quote_ = quote_ == c ? '\0' : c;
    }

    void number() {
        const std::size_t begin = at_;
        while (is_digit(peek()) || (peek() == '_' && is_digit(peek(1)))) ++at_;
        if (peek() == '\'' && is_letter(peek(1))) {
            based_literal(begin);
            return;
        }
        const char next = peek(1);
        const bool hex = text_.substr(begin, at_ - begin) == "0" && (peek() | 0x20) == 'x' &&
                         parse_based('h', std::string_view(&next, 1)).has_value();
        if (hex || is_binary_prefix(begin)) {
            based_literal(begin);
            return;
        }
        // Frame formats such as 8N1 are words.
        const bool times = peek() == 'x' || peek() == 'X';
        if (!times && is_letter(peek()) && is_digit(peek(1)) && !is_name_char(peek(2))) {
            at_ += 2;
            const std::string raw(text_.substr(begin, at_ - begin));
            add(raw, to_lower(raw), std::nullopt, true);
            return;
        }
        std::string raw(text_.substr(begin, at_ - begin));
        const auto value = parse_int(replace_all(raw, "_", ""));
        std::string norm = value ? std::to_string(*value) : raw;
        add(std::move(raw), std::move(norm), value, true);
        if (times && is_digit(peek(1))) {  // "16x8"
            add("x", "x", std::nullopt, true);
            ++at_;
        }
    }

    /// "0b0110"; the cursor stands behind the 0.
    [[nodiscard]] bool is_binary_prefix(std::size_t begin) const {
        if (text_.substr(begin, at_ - begin) != "0" || (peek() | 0x20) != 'b') return false;
        std::size_t ahead = 1;
        while (peek(ahead) == '0' || peek(ahead) == '1' || peek(ahead) == '_') ++ahead;
        return ahead > 1 && !is_name_char(peek(ahead));
    }

    void based_literal(std::size_t begin) {
        const bool prefix = peek() != '\'';  // 0x1F, 0b10
        if (!prefix) ++at_;
        const bool hex = prefix && (peek() | 0x20) == 'x';
        const char base = hex ? 'h' : static_cast<char>(peek() | 0x20);
        ++at_;
        const std::size_t digits = at_;
        while (is_name_char(peek())) ++at_;
        const auto value = parse_based(base, text_.substr(digits, at_ - digits));
        add(std::string(text_.substr(begin, at_ - begin)), value ? std::to_string(*value) : "?",
            value, true);
    }

    void word() {
        const std::size_t begin = at_;
        while (is_name_char(peek())) ++at_;
        std::string raw(text_.substr(begin, at_ - begin));
        const bool negated = contraction(raw);
        std::string norm = normalize_word(raw);
        auto value = number_word(to_lower(raw));
        if (value && *value >= 20 && *value < 100) {
            value = *value + unit_behind();
            norm = std::to_string(*value);
            raw = std::string(text_.substr(begin, at_ - begin));
        }
        add(std::move(raw), std::move(norm), value, true);
        if (negated) add("not", "not", std::nullopt, true);
    }

    /// The "four" of "sixty-four"; the cursor goes behind it. 0: none.
    std::int64_t unit_behind() {
        if (peek() != '-' && peek() != ' ') return 0;
        std::size_t end = at_ + 1;
        while (end < text_.size() && is_name_char(text_[end])) ++end;
        const auto unit = number_word(to_lower(text_.substr(at_ + 1, end - at_ - 1)));
        if (!unit || *unit < 1 || *unit > 9) return 0;
        at_ = end;
        return *unit;
    }

    /// "isn't" is "is not", "it's" is "it"; the cursor goes behind it. True: a "not" follows.
    bool contraction(std::string& raw) {
        constexpr std::string_view kCurly = "\xE2\x80\x99";
        const std::string_view rest = text_.substr(at_);
        const std::size_t mark = rest.starts_with('\'') ? 1 : rest.starts_with(kCurly) ? 3 : 0;
        if (mark == 0) return false;
        std::size_t end = mark;
        while (end < rest.size() && is_name_char(rest[end])) ++end;
        const std::string ending = to_lower(rest.substr(mark, end - mark));
        constexpr std::array<std::string_view, 7> kEndings = {"t", "s", "re", "ve", "ll", "d", "m"};
        if (std::ranges::find(kEndings, ending) == kEndings.end()) return false;
        if (ending == "t" && !to_lower(raw).ends_with('n')) return false;
        at_ += end;
        if (ending != "t") return false;
        const std::string lower = to_lower(raw);
        if (lower == "won") {
            raw = "will";
        } else if (lower != "can") {
            raw.pop_back();
        }
        return true;
    }

    void punctuation(char c) {
        ++at_;
        const bool ends = c == ';' || (c == '.' && (at_ >= text_.size() || !is_name_char(peek())));
        if (ends) {
            sentence_end();
        } else if (static_cast<unsigned char>(c) > ' ') {
            mark(c);
        }
    }

    std::string_view text_;
    std::size_t at_ = 0;
    int line_ = 0;
    char quote_ = '\0';
    std::vector<SpecToken> tokens_;
};

}  // namespace

std::string normalize_word(std::string_view word) {
    std::string lower = to_lower(word);
    if (const auto value = number_word(lower)) return std::to_string(*value);
    if (lower.size() <= 3 || lower.back() != 's' || lower.find('_') != std::string::npos) {
        return lower;
    }
    if (lower.ends_with("ss") || lower.ends_with("us") || lower.ends_with("is")) return lower;
    if (lower.ends_with("ies") && lower.size() > 4) {
        return lower.substr(0, lower.size() - 3) + "y";
    }
    lower.pop_back();
    return lower;
}

std::string in_ascii(std::string text) {
    constexpr auto kSigns = std::to_array<std::pair<std::string_view, std::string_view>>({
        {"\xE2\x80\x90", "-"},  {"\xE2\x80\x91", "-"},   {"\xE2\x80\x92", "-"},
        {"\xE2\x80\x93", "-"},  {"\xE2\x80\x94", " - "}, {"\xE2\x88\x92", "-"},
        {"\xE2\x80\x98", "'"},  {"\xE2\x80\x99", "'"},   {"\xE2\x80\x9C", "\""},
        {"\xE2\x80\x9D", "\""}, {"\xE2\x80\xA6", "..."}, {"\xC2\xA0", " "},
        {"\xE2\x80\xAF", " "},  {"\xE2\x80\xA2", "-"},   {"\xE2\x86\x90", "<-"},
        {"\xE2\x86\x92", "->"}, {"\xE2\x87\x92", "=>"},  {"\xC3\x97", " x "},
        {"\xE2\x89\xA4", "<="}, {"\xE2\x89\xA5", ">="},  {"\xE2\x8A\x95", "^"},
        {"\\|", "|"},           {"\xE2\x88\xA7", "&"},   {"\xE2\x88\xA8", "|"},
        {"\xC2\xAC", "~"},
    });
    const bool plain = std::ranges::none_of(
        text, [](char c) { return static_cast<unsigned char>(c) >= 0x80 || c == '\\'; });
    if (plain) return text;
    for (const auto& [sign, ascii] : kSigns) text = replace_all(std::move(text), sign, ascii);
    return text;
}

std::vector<SpecToken> tokenize_spec(std::string_view text) { return Tokenizer(text).run(); }

std::vector<SpecToken> words_of(const std::vector<SpecToken>& tokens) {
    std::vector<SpecToken> words;
    for (const SpecToken& token : tokens) {
        if (token.is_word || token.norm == ".") words.push_back(token);
    }
    return words;
}

}  // namespace rtlgen::datasets

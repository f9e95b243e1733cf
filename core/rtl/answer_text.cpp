// SPDX-License-Identifier: Apache-2.0
#include "core/rtl/answer_text.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <utility>

#include "core/base/text.h"
#include "core/rtl/lexer.h"

namespace rtlgen::rtl {
namespace {

struct ReasoningMarks {
    std::string_view begin;
    std::string_view end;
};
constexpr std::array<ReasoningMarks, 9> kReasoning = {
    {{"<think>", "</think>"},
     {"<thinking>", "</thinking>"},
     {"<thought>", "</thought>"},
     {"<reasoning>", "</reasoning>"},
     {"[THINK]", "[/THINK]"},
     {"◁think▷", "◁/think▷"},
     {"<seed:think>", "</seed:think>"},
     {"<|begin_of_thought|>", "<|end_of_thought|>"},
     {"<|channel|>analysis", "<|channel|>final"}}};

using Replacement = std::pair<std::string_view, std::string_view>;

/// The first of `table` that `text` begins with, or null.
template <std::size_t N>
const Replacement* replacement_at(std::string_view text, const std::array<Replacement, N>& table) {
    const auto found = std::ranges::find_if(
        table, [&](const Replacement& entry) { return text.starts_with(entry.first); });
    return found == table.end() ? nullptr : &*found;
}

template <std::size_t N>
std::string replaced(std::string_view text, const std::array<Replacement, N>& table) {
    std::string result;
    result.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        if (const Replacement* entry = replacement_at(text.substr(at, 8), table)) {
            result += entry->second;
            at += entry->first.size();
        } else {
            result += text[at++];
        }
    }
    return result;
}

/// U+FEFF, U+200B to U+200D, U+2060; U+00A0, U+202F, U+3000.
constexpr std::array<Replacement, 8> kSpaces = {{{"\xEF\xBB\xBF", ""},
                                                 {"\xE2\x80\x8B", ""},
                                                 {"\xE2\x80\x8C", ""},
                                                 {"\xE2\x80\x8D", ""},
                                                 {"\xE2\x81\xA0", ""},
                                                 {"\xC2\xA0", " "},
                                                 {"\xE2\x80\xAF", " "},
                                                 {"\xE3\x80\x80", " "}}};

/// U+2018, U+2019, U+201C, U+201D.
constexpr std::array<Replacement, 4> kQuotes = {
    {{"\xE2\x80\x98", "'"}, {"\xE2\x80\x99", "'"}, {"\xE2\x80\x9C", "\""}, {"\xE2\x80\x9D", "\""}}};

constexpr std::array<Replacement, 7> kEntities = {{{"&lt;", "<"},
                                                   {"&gt;", ">"},
                                                   {"&amp;", "&"},
                                                   {"&quot;", "\""},
                                                   {"&apos;", "'"},
                                                   {"&#39;", "'"},
                                                   {"&nbsp;", " "}}};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Where the quoted text of a line begins.
std::optional<std::size_t> quoted_from(std::string_view line) {
    const std::size_t mark = line.find_first_not_of(" \t");
    if (mark == std::string_view::npos || line[mark] != '>') return std::nullopt;
    return mark + (line.substr(mark + 1).starts_with(' ') ? 2 : 1);
}

/// Lines that begin with >, out of their quote, where fences stand in quotes.
std::string without_quote(std::string text) {
    const std::vector<std::string_view> lines = split_lines(text);
    const bool fenced = std::ranges::any_of(lines, [](std::string_view line) {
        const auto from = quoted_from(line);
        return from && (trim(line.substr(*from)).starts_with("```") ||
                        trim(line.substr(*from)).starts_with("~~~"));
    });
    if (!fenced) return text;
    std::string result;
    for (const std::string_view line : lines) {
        result.append(line.substr(quoted_from(line).value_or(0))).append("\n");
    }
    return result;
}

/// The number in front of a line and where its code begins.
struct NumberedLine {
    std::uint64_t number = 0;
    std::size_t from = 0;
};

std::optional<NumberedLine> numbered(std::string_view line) {
    std::size_t at = line.find_first_not_of(" \t");
    if (at == std::string_view::npos || !is_digit(line[at])) return std::nullopt;
    NumberedLine result;
    const std::size_t first = at;
    for (; at < line.size() && is_digit(line[at]); ++at) {
        if (at - first > 6) return std::nullopt;
        result.number = result.number * 10 + static_cast<std::uint64_t>(line[at] - '0');
    }
    const std::size_t mark = line.find_first_not_of(" \t", at);
    if (mark == std::string_view::npos) {
        result.from = line.size();
        return result;
    }
    const bool marked = line[mark] == ':' || line[mark] == '|' || line[mark] == '.';
    if (!marked && mark == at) return std::nullopt;
    result.from = marked ? mark + 1 : at;
    if (result.from < line.size() && line[result.from] == ' ') ++result.from;
    return result;
}

/// How many lines from `first` on are numbered one after the other, a module among them.
std::size_t numbered_run(const std::vector<std::string_view>& lines, std::size_t first) {
    std::size_t last = first;
    bool has_module = false;
    std::optional<NumberedLine> before;
    for (; last < lines.size(); ++last) {
        const auto line = numbered(lines[last]);
        if (!line || (before && line->number != before->number + 1)) break;
        const std::string_view code = trim(lines[last].substr(line->from));
        has_module = has_module || code.starts_with("module ") || code.starts_with("endmodule");
        before = line;
    }
    return has_module && last - first >= 3 ? last - first : 0;
}

std::string without_line_numbers(const std::string& text) {
    const std::vector<std::string_view> lines = split_lines(text);
    std::string result;
    bool changed = false;
    for (std::size_t i = 0; i < lines.size();) {
        const std::size_t run = numbered(lines[i]) ? numbered_run(lines, i) : 0;
        for (std::size_t k = 0; k < run; ++k, ++i) {
            result.append(lines[i].substr(numbered(lines[i])->from)).append("\n");
        }
        changed = changed || run > 0;
        // A run that is none isn't looked at again line by line: hostile text would be quadratic.
        if (run == 0) {
            std::size_t end = i + 1;
            while (end < lines.size() && numbered(lines[i]) && numbered(lines[end]) &&
                   numbered(lines[end])->number == numbered(lines[end - 1])->number + 1) {
                ++end;
            }
            for (; i < end; ++i) result.append(lines[i]).append("\n");
        }
    }
    return changed ? result : text;
}

bool is_escaped(std::string_view code) {
    // `a &lt;` alone may be an "and" with a signal named lt.
    static constexpr std::array<std::string_view, 6> kSigns = {"&lt;=", "&amp;&amp;", "&quot;",
                                                               "&#39;", "&lt;&lt;",   "&gt;&gt;"};
    return std::ranges::any_of(
        kSigns, [&](std::string_view sign) { return code.find(sign) != std::string_view::npos; });
}

}  // namespace

std::string_view without_reasoning(std::string_view completion) {
    static constexpr std::array<std::string_view, 5> kEndMarks = {
        "<|im_end|>", "<|endoftext|>", "<|eot_id|>", "<|return|>", "<｜end▁of▁sentence｜>"};
    for (const ReasoningMarks& marks : kReasoning) {
        const std::size_t end = completion.rfind(marks.end);
        if (end != std::string_view::npos) {
            completion.remove_prefix(end + marks.end.size());
        } else if (trim(completion).starts_with(marks.begin)) {
            return {};  // never ended: no answer
        }
    }
    constexpr std::string_view kMessage = "<|message|>";
    if (completion.starts_with(kMessage)) completion.remove_prefix(kMessage.size());
    for (const std::string_view mark : kEndMarks) {
        const std::size_t at = completion.find(mark);
        // At the very front it is no end.
        if (at != std::string_view::npos && !trim(completion.substr(0, at)).empty()) {
            completion = completion.substr(0, at);
        }
    }
    return completion;
}

std::string plain_answer(std::string_view answer) {
    return without_line_numbers(without_quote(replaced(answer, kSpaces)));
}

std::string without_entities(std::string_view text) { return replaced(text, kEntities); }

std::string plain_code(std::string code) {
    if (is_escaped(code)) code = without_entities(code);
    if (code.find("\xE2\x80") == std::string::npos) return code;
    std::string result;
    std::size_t done = 0;
    Lexer lexer(code);
    for (Token token = lexer.next(); token.kind != TokenKind::End; token = lexer.next()) {
        if (token.kind != TokenKind::Comment) continue;
        result += replaced(std::string_view(code).substr(done, token.offset - done), kQuotes);
        result += token.text;
        done = token.end();
    }
    return result + replaced(std::string_view(code).substr(done), kQuotes);
}

std::string placeholder_in(std::string_view code) {
    static constexpr std::array<std::string_view, 14> kWords = {
        "existing code",     "existing logic",
        "rest of the code",  "rest of the module",
        "unchanged",         "rest of the logic",
        "rest of your code", "rest of the design",
        "as before",         "remaining code",
        "omitted",           "same as above",
        "previous code",     "rest of the implementation"};
    if (code.find("...") == std::string_view::npos &&
        code.find("\xE2\x80\xA6") == std::string_view::npos) {
        return {};
    }
    Lexer lexer(code);
    for (Token token = lexer.next(); token.kind != TokenKind::End; token = lexer.next()) {
        if (token.kind != TokenKind::Comment) continue;
        std::string words = to_lower(token.text);
        words.erase(0, 2);
        if (words.ends_with("*/")) words.resize(words.size() - 2);
        const std::string_view inner = trim(words);
        const auto has_dots = [&](std::string_view dots) {
            return inner.starts_with(dots) || inner.ends_with(dots);
        };
        if (!has_dots("...") && !has_dots("\xE2\x80\xA6")) continue;
        if (std::ranges::any_of(kWords, [&](std::string_view word) {
                return inner.find(word) != std::string_view::npos;
            })) {
            return std::string(trim(token.text));
        }
    }
    return {};
}

std::string_view other_language(std::string_view answer) {
    for (const std::string_view line : split_lines(answer)) {
        const std::string words = to_lower(trim(line));
        if ((words.starts_with("entity ") || words.starts_with("architecture ")) &&
            words.ends_with(" is")) {
            return "VHDL";
        }
        if (words.starts_with("import chisel3") ||
            (words.starts_with("class ") && words.find("extends module") != std::string::npos)) {
            return "Chisel";
        }
        if (words.starts_with("#include <")) return "C++";
        if (words.starts_with("```python") || (words.starts_with("def ") && words.ends_with(":")) ||
            (words.starts_with("from ") && words.find(" import ") != std::string::npos)) {
            return "Python";
        }
    }
    return {};
}

}  // namespace rtlgen::rtl

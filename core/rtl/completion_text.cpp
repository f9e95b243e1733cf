// SPDX-License-Identifier: Apache-2.0
#include "core/rtl/completion_text.h"

#include <algorithm>
#include <array>

#include "core/base/text.h"
#include "core/rtl/lexer.h"
#include "core/rtl/module_header.h"

namespace rtlgen::rtl {
namespace {

struct Marks {
    std::string_view how;
    std::string_view begin;
    std::string_view end;
};
constexpr std::array<Marks, 7> kMarks = {{{"answer", "<answer>", "</answer>"},
                                          {"begin-done", "[BEGIN]", "[DONE]"},
                                          {"code-markers", "CODE BEGIN", "CODE END"},
                                          {"code-markers", "<CODE>", "</CODE>"},
                                          {"code-markers", "<code>", "</code>"},
                                          {"code-markers", "<verilog>", "</verilog>"},
                                          {"code-markers", "<systemverilog>", "</systemverilog>"}}};

/// Models rarely repeat a mark; hostile text may.
constexpr std::size_t kMaxPassages = 32;

void add_passages(std::string_view text, const Marks& marks, std::vector<Passage>& all) {
    std::vector<Passage> found;
    std::size_t at = 0;
    while (true) {
        const std::size_t begin = text.find(marks.begin, at);
        if (begin == std::string_view::npos) break;
        const std::size_t content = begin + marks.begin.size();
        const std::size_t end = text.find(marks.end, content);
        const bool closed = end != std::string_view::npos;
        found.push_back({std::string(marks.how), text.substr(content, end - content), closed});
        if (!closed) break;
        at = end + marks.end.size();
    }
    // The opening mark may be the last thing that the prompt said.
    if (found.empty() && marks.how == "begin-done") {
        const std::size_t end = text.find(marks.end);
        if (end != std::string_view::npos) {
            found.push_back({std::string(marks.how), text.substr(0, end), true});
        }
    }
    for (std::size_t i = 0; i < std::min(found.size(), kMaxPassages); ++i) {
        all.push_back(found[found.size() - 1 - i]);
    }
}

/// <pre>, <pre><code class="...">, with any attributes.
void add_html(std::string_view text, std::vector<Passage>& all) {
    const std::size_t first = all.size();
    for (std::size_t at = text.find("<pre"); at != std::string_view::npos;
         at = text.find("<pre", at)) {
        std::size_t begin = text.find('>', at);
        if (begin == std::string_view::npos || all.size() - first >= kMaxPassages) break;
        ++begin;
        if (text.substr(begin).starts_with("<code")) {
            const std::size_t tag_end = text.find('>', begin);
            if (tag_end == std::string_view::npos) break;
            begin = tag_end + 1;
        }
        const std::size_t end = text.find("</pre>", begin);
        std::string_view content = text.substr(begin, end - begin);
        const std::size_t code_end = content.rfind("</code>");
        if (code_end != std::string_view::npos) content = content.substr(0, code_end);
        all.push_back({"html", content, end != std::string_view::npos});
        if (end == std::string_view::npos) break;
        at = end;
    }
    std::reverse(all.begin() + static_cast<std::ptrdiff_t>(first), all.end());
}

std::string_view first_word(std::string_view line) {
    const std::size_t begin = line.find_first_not_of(" \t");
    if (begin == std::string_view::npos) return {};
    std::size_t end = begin;
    while (end < line.size() &&
           (line[end] == '_' || line[end] == '`' || (line[end] >= 'a' && line[end] <= 'z') ||
            (line[end] >= 'A' && line[end] <= 'Z') || (line[end] >= '0' && line[end] <= '9'))) {
        ++end;
    }
    return line.substr(begin, end - begin);
}

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
    return std::ranges::find(words, word) != words.end();
}

/// `module NAME` and what may follow it; "module that ..." of prose isn't one.
bool begins_unit(std::string_view text, std::size_t line_begin) {
    Lexer lexer(text.substr(line_begin));
    const Token word = lexer.next();
    if (!is_one_of(word.text,
                   {"module", "macromodule", "package", "interface", "program", "primitive"})) {
        return false;
    }
    Token name = lexer.next();
    if (name.is("automatic") || name.is("static")) name = lexer.next();
    if (name.kind != TokenKind::EscapedIdentifier &&
        (name.kind != TokenKind::Identifier || is_keyword(name.text))) {
        return false;
    }
    Token after = lexer.next();
    while (after.kind == TokenKind::Comment) after = lexer.next();
    return after.is("(") || after.is("#") || after.is(";") || after.is("import") ||
           after.kind == TokenKind::End;
}

bool is_directive_line(std::string_view line) {
    const std::string_view word = first_word(line);
    if (!word.starts_with('`') || word.ends_with("``")) return false;
    const Token token = Lexer(trim(line)).next();
    if (token.kind != TokenKind::Directive) return false;
    // `include` in prose has a closing backquote.
    return trim(line).find('`', 1) == std::string_view::npos || token.text == "`define" ||
           token.text == "`timescale";
}

/// A line that may stand above a module and belong to it.
bool belongs_above(std::string_view line) {
    const std::string_view content = trim(line);
    if (content.empty() || content.starts_with("//") || content.starts_with("(*")) return true;
    if (content.ends_with("*/") || content.starts_with("/*")) return true;
    if (is_directive_line(line)) return true;
    if (is_one_of(first_word(line),
                  {"typedef", "import", "parameter", "localparam", "function", "endfunction",
                   "task", "endtask", "endclass", "begin", "end", "endcase"})) {
        return true;
    }
    return content.ends_with(';') || content.ends_with('{') || content.starts_with('}') ||
           (line.front() == ' ' && content.ends_with(','));
}

struct Lines {
    explicit Lines(std::string_view source) : text(source) {
        begins.push_back(0);
        for (std::size_t at = text.find('\n'); at != std::string_view::npos;
             at = text.find('\n', at + 1)) {
            begins.push_back(at + 1);
        }
    }
    [[nodiscard]] std::string_view operator[](std::size_t i) const {
        const std::size_t end = i + 1 < begins.size() ? begins[i + 1] : text.size();
        std::string_view line = text.substr(begins[i], end - begins[i]);
        while (line.ends_with('\n') || line.ends_with('\r')) line.remove_suffix(1);
        return line;
    }
    [[nodiscard]] std::size_t at_offset(std::size_t offset) const {
        return static_cast<std::size_t>(std::ranges::upper_bound(begins, offset) - begins.begin()) -
               1;
    }
    std::string_view text;
    std::vector<std::size_t> begins;
};

/// The first line of what belongs to the unit at `line`, not above `least`.
std::size_t lead_of(const Lines& lines, std::size_t line, std::size_t least) {
    std::size_t first = line;
    while (first > least) {
        const std::string_view above = lines[first - 1];
        if (!belongs_above(above)) break;
        --first;
        if (!trim(above).ends_with("*/") || above.find("/*") != std::string_view::npos) continue;
        while (first > least && lines[first].find("/*") == std::string_view::npos) --first;
    }
    while (first < line && trim(lines[first]).empty()) ++first;
    return first;
}

/// Directives below a unit, such as `endif, belong to it.
std::size_t tail_of(const Lines& lines, std::size_t line) {
    std::size_t last = line;
    for (std::size_t i = line + 1; i < lines.begins.size(); ++i) {
        if (is_directive_line(lines[i])) {
            last = i;
        } else if (!trim(lines[i]).empty()) {
            break;
        }
    }
    return last;
}

/// The end of the unit that begins at `begin`, with its label and comment; or that of the text.
std::size_t unit_end(std::string_view text, std::size_t begin) {
    Lexer lexer(text.substr(begin));
    for (Token token = lexer.next(); token.kind != TokenKind::End; token = lexer.next()) {
        if (token.kind != TokenKind::Identifier ||
            !is_one_of(token.text,
                       {"endmodule", "endpackage", "endinterface", "endprogram", "endprimitive"})) {
            continue;
        }
        std::size_t end = token.end();
        Token after = lexer.next();
        if (after.is(":")) {
            after = lexer.next();
            end = after.end();
            after = lexer.next();
        }
        if (after.kind == TokenKind::Comment && after.line == token.line) end = after.end();
        return begin + end;
    }
    return text.size();
}

}  // namespace

std::vector<Passage> passages(std::string_view completion) {
    std::vector<Passage> all;
    for (const Marks& marks : kMarks) add_passages(completion, marks, all);
    add_html(completion, all);
    all.push_back({"", completion, true});
    return all;
}

bool holds_unit(std::string_view text) {
    const Lines lines(text);
    for (const std::size_t begin : lines.begins) {
        const std::string_view word = first_word(text.substr(begin, 200));
        if (!word.empty() && begins_unit(text, begin)) return true;
    }
    return false;
}

std::string bare_code(std::string_view text) {
    const Lines lines(text);
    std::string code;
    std::size_t least = 0;  // lines above are taken or passed by
    for (std::size_t line = 0; line < lines.begins.size(); ++line) {
        if (first_word(lines[line]).empty() || !begins_unit(text, lines.begins[line])) continue;
        // What lies before this line has no say in how it reads, such as a quote in prose.
        const std::size_t end = unit_end(text, lines.begins[line]);
        const std::size_t end_line = lines.at_offset(end > 0 ? end - 1 : 0);
        const std::size_t last = tail_of(lines, end_line);
        const std::size_t lead = lines.begins[lead_of(lines, line, least)];
        code += text.substr(lead, end - lead);
        code += '\n';
        for (std::size_t i = end_line + 1; i <= last; ++i) {
            code += lines[i];
            code += '\n';
        }
        line = last;
        least = last + 1;
    }
    return code;
}

std::string_view bare_body(std::string_view text) {
    const Lines lines(text);
    std::size_t first = lines.begins.size();
    std::size_t last = 0;
    bool statement = false;
    for (std::size_t i = 0; i < lines.begins.size(); ++i) {
        const std::string_view content = trim(lines[i]);
        const std::string_view word = first_word(lines[i]);
        const bool begins =
            is_one_of(word, {"assign",   "always",  "always_comb", "always_ff", "always_latch",
                             "reg",      "wire",    "logic",       "integer",   "genvar",
                             "generate", "initial", "localparam",  "parameter", "typedef",
                             "function", "case",    "endmodule",   "bit",       "int"});
        const bool code_like = content.ends_with(';') || word == "endmodule" || word == "end" ||
                               word.starts_with("end") || content.ends_with("begin");
        if (begins && (code_like || content.find_first_of("@(=[{") != std::string_view::npos)) {
            first = std::min(first, i);
            statement = statement || word != "endmodule";
        }
        if (first < lines.begins.size() && code_like) last = i;
        if (word == "endmodule" && first < lines.begins.size()) break;
    }
    if (!statement) return {};
    const std::size_t begin = lines.begins[first];
    const std::size_t end = last + 1 < lines.begins.size() ? lines.begins[last + 1] : text.size();
    return text.substr(begin, end - begin);
}

}  // namespace rtlgen::rtl

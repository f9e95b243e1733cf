// SPDX-License-Identifier: Apache-2.0
#include "datasets/retrieval/spec_labels.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "core/base/text.h"

namespace rtlgen::datasets {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }
bool is_name_char(char c) {
    return is_digit(c) || is_capital(c) || (c >= 'a' && c <= 'z') || c == '_';
}

/// A label at the begin of a line.
struct Label {
    std::size_t begin = 0;              ///< in the line
    std::size_t end = 0;                ///< behind its last mark
    std::string letters;                ///< "REQ-"; empty for a plain number
    std::vector<std::int64_t> numbers;  ///< 2 and 1 of "R2.1"
    bool weak = false;                  ///< closed by a single space: counts among many alone
};

/// What closes a label at `at`: its length, 0 where nothing does.
std::size_t closing(std::string_view line, std::size_t at, Label& label, bool in_table) {
    const std::string_view rest = line.substr(at);
    const bool spaced = rest.size() > 1 && (rest[1] == ' ' || rest[1] == '*');
    if (!rest.empty() && (rest[0] == '.' || rest[0] == ')') && spaced) return 1;
    const bool nested = label.numbers.size() > 1;
    if (label.letters.empty() && !nested) return 0;
    if (!rest.empty() && rest[0] == ':' && spaced) return 1;
    if (in_table && trim(rest).starts_with('|')) return 1;
    if (rest.starts_with("  ")) return 1;
    label.weak = !nested;
    return rest.starts_with(" ") ? 1 : 0;
}

/// Digits with points between them; the cursor goes behind them.
std::vector<std::int64_t> numbers_at(std::string_view line, std::size_t& at) {
    std::vector<std::int64_t> numbers;
    while (numbers.size() < 5) {
        const std::size_t digits = at;
        while (at < line.size() && is_digit(line[at])) ++at;
        if (at == digits || at - digits > 4) return {};
        numbers.push_back(parse_int(line.substr(digits, at - digits)).value_or(0));
        const bool more = at + 1 < line.size() && line[at] == '.' && is_digit(line[at + 1]);
        if (!more) return numbers;
        ++at;
    }
    return numbers;
}

std::optional<Label> label_of(std::string_view line) {
    Label label;
    std::size_t at = line.find_first_not_of(" \t-*#|[(");
    if (at == std::string_view::npos) return std::nullopt;
    const bool in_table = line.substr(0, at).find('|') != std::string_view::npos;
    label.begin = at;
    while (at < line.size() && is_capital(line[at])) ++at;
    if (at > label.begin && at < line.size() && (line[at] == '-' || line[at] == '_')) ++at;
    label.letters = std::string(line.substr(label.begin, at - label.begin));
    if (label.letters.size() > 6) return std::nullopt;
    label.numbers = numbers_at(line, at);
    if (label.numbers.empty()) return std::nullopt;
    if (at < line.size() && line[at] == ']') ++at;
    const std::size_t closed = closing(line, at, label, in_table);
    if (closed == 0) return std::nullopt;
    label.end = at + closed;
    return label;
}

std::size_t occurrences(std::string_view text, std::string_view word) {
    std::size_t count = 0;
    for (std::size_t at = text.find(word); at != std::string_view::npos;
         at = text.find(word, at + word.size())) {
        ++count;
    }
    return count;
}

/// Whether `next` is what an outline has behind `last`: 2, 2.1, 2.2, 3.
bool follows(const std::vector<std::int64_t>& last, const std::vector<std::int64_t>& next) {
    if (next.size() == last.size() + 1) {
        return std::equal(last.begin(), last.end(), next.begin()) && next.back() <= 1;
    }
    if (next.size() > last.size()) return false;
    const std::size_t depth = next.size() - 1;
    const auto end = next.begin() + static_cast<std::ptrdiff_t>(depth);
    return std::equal(next.begin(), end, last.begin()) && next[depth] == last[depth] + 1;
}

/// Labels of one kind, in the order of the text: whether they count 1, 2, 3.
bool counts_up(const std::vector<Label>& labels) {
    constexpr std::size_t kMany = 3;
    if (labels.size() < 2) return false;
    for (std::size_t k = 1; k < labels.size(); ++k) {
        // A second list begins at 1 again.
        const bool again = k >= 2 && labels[k].numbers == std::vector<std::int64_t>{1};
        if (!again && !follows(labels[k - 1].numbers, labels[k].numbers)) return false;
    }
    const bool weak = std::ranges::all_of(labels, &Label::weak);
    if (weak && labels.size() < kMany) return false;
    // Plain numbers that begin with 0 are codes of operations.
    return !labels.front().letters.empty() || labels.front().numbers.front() == 1;
}

std::string label_text(const Label& label) {
    std::string text = label.letters;
    for (std::size_t k = 0; k < label.numbers.size(); ++k) {
        text += (k == 0 ? "" : ".") + std::to_string(label.numbers[k]);
    }
    return text;
}

/// Whether what stands behind a label says that it is a port: "A1: an input".
bool declares(std::string_view line, const Label& label) {
    const std::string rest = to_lower(line.substr(std::min(label.end, line.size())).substr(0, 12));
    return rest.find("input") != std::string::npos || rest.find("output") != std::string::npos;
}

/// `line` with mentions of labels of the dropped kinds replaced: "see R2.1" -> "see this".
std::string without_references(std::string_view line, const std::set<std::string>& letters) {
    std::string out;
    std::size_t at = 0;
    while (at < line.size()) {
        const bool starts = is_capital(line[at]) && (at == 0 || !is_name_char(line[at - 1]));
        std::size_t end = at;
        while (starts && end < line.size() && is_capital(line[end])) ++end;
        if (starts && end < line.size() && (line[end] == '-' || line[end] == '_')) ++end;
        const bool known = starts && letters.contains(std::string(line.substr(at, end - at)));
        if (known && !numbers_at(line, end).empty() &&
            (end >= line.size() || !is_name_char(line[end]))) {
            out += "this";
            at = end;
        } else {
            out += line[at++];
        }
    }
    return out;
}

/// Behind the number "4" or "4.1" at `begin`; `begin` itself where none stands.
std::size_t number_end(std::string_view text, std::size_t begin) {
    std::size_t at = begin;
    while (at < text.size()) {
        const bool point =
            text[at] == '.' && at > begin && at + 1 < text.size() && is_digit(text[at + 1]);
        if (!is_digit(text[at]) && !point) break;
        ++at;
    }
    return at;
}

/// The length of what links two numbers at the begin of `text`; 0 where nothing does.
std::size_t link_length(std::string_view text) {
    constexpr std::array<std::string_view, 5> kLinks = {" and ", " to ", ", ", " or ", "-"};
    const auto link =
        std::ranges::find_if(kLinks, [&](std::string_view one) { return text.starts_with(one); });
    return link == kLinks.end() ? 0 : link->size();
}

/// Overwrites the numbers of "4, 5 and 6.1" from `at` on with spaces.
void blank_numbers(std::string& line, std::size_t at) {
    for (std::size_t end = number_end(line, at); end > at; end = number_end(line, at)) {
        line.replace(at, end - at, end - at, ' ');
        at = end + link_length(std::string_view(line).substr(end));
    }
}

/// "requirements 4 and 5", "see rule 2": numbers of items in running text.
std::string without_numbered_references(std::string_view line) {
    constexpr std::array<std::string_view, 12> kItems = {
        "requirement ", "requirements ", "rule ",    "rules ", "item ",   "items ",
        "paragraph ",   "clause ",       "clauses ", "point ", "points ", "section "};
    std::string out(line);
    const std::string lower = to_lower(line);
    for (const std::string_view item : kItems) {
        for (std::size_t at = lower.find(item); at != std::string::npos;
             at = lower.find(item, at + 1)) {
            blank_numbers(out, at + item.size());
        }
    }
    return out;
}

/// "a) ..." or "(b) ...".
bool is_lettered(std::string_view line) {
    const std::string_view text = trim(line);
    const std::size_t at = text.starts_with('(') ? 1 : 0;
    return text.size() > at + 2 && text[at] >= 'a' && text[at] <= 'z' && text[at + 1] == ')' &&
           text[at + 2] == ' ';
}

/// "- ..." instead of "a) ...".
std::string without_letter(std::string_view line) {
    const std::string_view space = line.substr(0, line.find_first_not_of(" \t"));
    return std::string(space) + "- " + std::string(line.substr(line.find(')') + 1));
}

std::string without_label(std::string_view line, const Label& label) {
    std::string_view mark = line.substr(0, label.begin);
    while (mark.ends_with('(') || mark.ends_with('[')) mark.remove_suffix(1);
    const std::string_view rest = line.substr(std::min(label.end, line.size()));
    return std::string(mark) + (trim(mark).empty() ? "- " : "") + std::string(rest);
}

/// All labels of a text.
struct Labels {
    std::vector<std::optional<Label>> of_lines;
    std::map<std::string, std::vector<Label>> kinds;  ///< by their letters
    std::set<std::string> ports;                      ///< letters of what a line declares
};

Labels labels_of(const std::vector<std::string_view>& lines) {
    constexpr std::size_t kMaxLines = 5000;
    Labels labels;
    labels.of_lines.resize(lines.size());
    if (lines.size() > kMaxLines) return labels;
    for (std::size_t k = 0; k < lines.size(); ++k) {
        const std::optional<Label> label = label_of(lines[k]);
        labels.of_lines[k] = label;
        if (!label) continue;
        labels.kinds[label->letters].push_back(*label);
        const bool nested = label->numbers.size() > 1;
        if (!nested && declares(lines[k], *label)) labels.ports.insert(label->letters);
    }
    return labels;
}

/// Whether the labels of one kind may be names of ports.
bool could_be_ports(const std::vector<Label>& kind, const Labels& labels, std::string_view text) {
    constexpr std::size_t kSurelyLabels = 5;
    const Label& first = kind.front();
    if (first.letters.empty() || first.letters.ends_with('-') || kind.size() >= kSurelyLabels) {
        return false;
    }
    if (labels.ports.contains(first.letters)) return true;
    const bool nested =
        std::ranges::any_of(kind, [](const Label& label) { return label.numbers.size() > 1; });
    return !nested && first.numbers.front() < 10 && occurrences(text, label_text(first)) > 1;
}

/// The letters of the kinds that only number items.
std::set<std::string> meaningless(const Labels& labels, std::string_view text) {
    std::set<std::string> dropped;
    for (const auto& [letters, kind] : labels.kinds) {
        if (counts_up(kind) && !could_be_ports(kind, labels, text)) dropped.insert(letters);
    }
    return dropped;
}

}  // namespace

std::string without_labels(std::string_view text) {
    const std::vector<std::string_view> lines = split_lines(text);
    const Labels labels = labels_of(lines);
    const std::set<std::string> dropped = meaningless(labels, text);
    const bool lettered = std::ranges::count_if(lines, is_lettered) >= 2;
    std::string out;
    for (std::size_t k = 0; k < lines.size(); ++k) {
        const std::optional<Label>& label = labels.of_lines[k];
        std::string line(lines[k]);
        if (label && dropped.contains(label->letters)) line = without_label(line, *label);
        if (lettered && is_lettered(line)) line = without_letter(line);
        if (!dropped.empty()) line = without_references(line, dropped);
        if (dropped.contains("")) line = without_numbered_references(line);
        out += line;
        out += '\n';
    }
    return out;
}

}  // namespace rtlgen::datasets

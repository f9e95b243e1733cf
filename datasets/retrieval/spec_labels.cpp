// SPDX-License-Identifier: Apache-2.0
#include "datasets/retrieval/spec_labels.h"

#include <algorithm>
#include <map>
#include <optional>
#include <vector>

#include "core/base/text.h"

namespace rtlgen::datasets {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }

/// A label at the begin of a line.
struct Label {
    std::size_t begin = 0;  ///< in the line
    std::size_t end = 0;    ///< behind its last mark
    std::string letters;    ///< "REQ-"; empty for a plain number
    std::int64_t number = 0;
};

/// What closes a label at `at`: its length, 0 where nothing does.
std::size_t closing(std::string_view line, std::size_t at, const Label& label, bool in_table) {
    const std::string_view rest = line.substr(at);
    const bool spaced = rest.size() > 1 && (rest[1] == ' ' || rest[1] == '*');
    if (!rest.empty() && (rest[0] == '.' || rest[0] == ')') && spaced) return 1;
    if (label.letters.empty()) return 0;
    if (!rest.empty() && rest[0] == ':' && spaced) return 1;
    if (in_table && trim(rest).starts_with('|')) return 1;
    return rest.starts_with("  ") ? 1 : 0;
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
    const std::size_t digits = at;
    while (at < line.size() && is_digit(line[at])) ++at;
    if (at == digits || at - digits > 4) return std::nullopt;
    label.number = parse_int(line.substr(digits, at - digits)).value_or(0);
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

/// Labels of one kind, in the order of the text: whether they count 1, 2, 3.
bool counts_up(const std::vector<Label>& labels) {
    if (labels.size() < 2) return false;
    for (std::size_t k = 1; k < labels.size(); ++k) {
        if (labels[k].number != labels[k - 1].number + 1) return false;
    }
    // Plain numbers that begin with 0 are codes of operations.
    return !labels.front().letters.empty() || labels.front().number == 1;
}

}  // namespace

std::string without_labels(std::string_view text) {
    constexpr std::size_t kMaxLines = 5000;
    const std::vector<std::string_view> lines = split_lines(text);
    std::map<std::string, std::vector<Label>> kinds;
    std::vector<std::optional<Label>> labels;
    for (const std::string_view line : lines) {
        labels.push_back(lines.size() > kMaxLines ? std::nullopt : label_of(line));
        if (labels.back()) kinds[labels.back()->letters].push_back(*labels.back());
    }
    std::map<std::string, bool> dropped;
    for (const auto& [letters, found] : kinds) {
        const std::string first = letters + std::to_string(found.front().number);
        const bool named = !letters.empty() && found.front().number < 10 &&
                           occurrences(text, first) > 1 + (found.size() >= 10 ? found.size() : 0);
        dropped[letters] = counts_up(found) && !named;
    }
    std::string out;
    for (std::size_t k = 0; k < lines.size(); ++k) {
        const auto& label = labels[k];
        if (label && dropped[label->letters]) {
            const std::string_view line = lines[k];
            std::string mark(line.substr(0, label->begin));
            while (mark.ends_with('(') || mark.ends_with('[')) mark.pop_back();
            out += mark + (trim(mark).empty() ? "- " : "");
            out += line.substr(std::min(label->end, line.size()));
        } else {
            out += lines[k];
        }
        out += '\n';
    }
    return out;
}

}  // namespace rtlgen::datasets

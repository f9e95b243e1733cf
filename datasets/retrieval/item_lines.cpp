// SPDX-License-Identifier: Apache-2.0
#include "datasets/retrieval/item_lines.h"

#include "core/base/text.h"
#include "datasets/retrieval/port_cursor.h"

namespace rtlgen::datasets {
namespace {

/// A line such as "`clk`: input" or "- input clk"; others go on with the sentence before.
bool begins_item(std::string_view line) {
    constexpr std::string_view kItem = "-*#|+";
    if (line.empty() || kItem.find(line.front()) != std::string_view::npos) return true;
    const std::string lower = to_lower(line);
    if (port_direction(lower.substr(0, lower.find(' ')))) return true;
    if (lower.starts_with("inputs") || lower.starts_with("outputs")) return true;
    const std::size_t name = line.find_first_of(" :[");
    if (name != std::string_view::npos && is_simple_identifier(line.substr(0, name)) &&
        (trim(line.substr(name)).find_first_of(":[") == 0 ||
         trim(line.substr(name)).starts_with("- "))) {
        return true;
    }
    if (line.front() != '`') return false;
    const std::size_t close = line.find('`', 1);
    if (close == std::string_view::npos) return false;
    const std::string_view rest = trim(line.substr(close + 1));
    constexpr std::string_view kSeparators = ":(-[";
    if (rest.starts_with(',')) {  // "`x`, input", but not "`x`, `y` and `z`"
        const std::string_view next = trim(rest.substr(1));
        const std::string word = to_lower(next.substr(0, next.find_first_of(" ,;.")));
        return port_direction(word).has_value() && !word.ends_with('s');
    }
    return !rest.empty() && kSeparators.find(rest.front()) != std::string_view::npos;
}

}  // namespace

std::string unwrapped_lines(std::string_view text) {
    std::string unwrapped;
    bool open_list = false;  // the line before ended in a colon, amid a paragraph
    for (const std::string_view line : split_lines(text)) {
        const std::string_view content = trim(line);
        const bool begins = begins_item(content);
        if (open_list && (begins || content.empty())) unwrapped += "\n";
        unwrapped += begins ? "\n" : " ";
        unwrapped += content;
        const bool colon = content.ends_with(':');
        open_list = colon && content.find(". ") != std::string_view::npos;
        if (content.starts_with('#') || (colon && !open_list)) unwrapped += "\n";
    }
    return unwrapped;
}

}  // namespace rtlgen::datasets

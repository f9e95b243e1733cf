// SPDX-License-Identifier: Apache-2.0
#include "datasets/retrieval/spec_definitions.h"

#include <vector>

#include "core/base/text.h"

namespace rtlgen::datasets {
namespace {

/// Behind the quoted name that the line begins with, its slice "[7:0]" included; 0: there is none.
std::size_t name_end(std::string_view line) {
    std::string_view text = line;
    for (const std::string_view mark : {"**", "__"}) {
        if (text.starts_with(mark)) text.remove_prefix(mark.size());
    }
    const bool bold = text.size() < line.size();
    std::string_view name = text;
    if (text.starts_with('`')) {
        const std::size_t close = text.find('`', 1);
        if (close == std::string_view::npos) return 0;
        name = text.substr(1, close - 1);
        text.remove_prefix(close + 1);
    } else if (bold) {
        const std::size_t close = text.find_first_of("*_ ");
        if (close == std::string_view::npos) return 0;
        name = text.substr(0, close);
        text.remove_prefix(close);
    } else {
        return 0;
    }
    if (bold && (text.starts_with("**") || text.starts_with("__"))) text.remove_prefix(2);
    name = name.substr(0, name.find('['));
    if (!is_simple_identifier(std::string(trim(name)))) return 0;
    return line.size() - text.size();
}

/// "`q` - the count", "`q` (output): the count", "`q`: the count"
bool is_entry(std::string_view line) {
    const std::size_t end = name_end(line);
    if (end == 0) return false;
    std::string_view rest = line.substr(end);
    if (rest.starts_with(" (")) {
        const std::size_t close = rest.find(')');
        if (close == std::string_view::npos) return false;
        rest.remove_prefix(close + 1);
    }
    return rest.starts_with(" - ") || rest.starts_with(": ") || rest.starts_with(" : ") ||
           rest.starts_with(" = ") || rest.starts_with(" -- ");
}

/// The term of a definition: a quoted name on a line of its own, with ": ..." behind it.
bool is_term(const std::vector<std::string_view>& lines, std::size_t at) {
    const std::string_view line = trim(lines[at]);
    if (at + 1 >= lines.size() || line.empty() || name_end(line) != line.size()) return false;
    const std::string_view next = lines[at + 1];
    return next.starts_with(": ") || next.starts_with(":\t") || next.starts_with(":   ");
}

}  // namespace

std::string with_items(std::string_view text) {
    const std::vector<std::string_view> lines = split_lines(text);
    const auto entry = [&](std::size_t at) { return at < lines.size() && is_entry(lines[at]); };
    std::string out;
    for (std::size_t k = 0; k < lines.size(); ++k) {
        const bool in_row = entry(k) && (entry(k + 1) || (k > 0 && entry(k - 1)));
        if (is_term(lines, k)) {
            out += "- " + std::string(trim(lines[k])) + std::string(lines[k + 1]);
            ++k;
        } else {
            out += (in_row ? "- " : "") + std::string(lines[k]);
        }
        out += '\n';
    }
    return out;
}

}  // namespace rtlgen::datasets

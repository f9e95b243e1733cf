// SPDX-License-Identifier: Apache-2.0
#include "core/rtl/line_map.h"

#include <algorithm>
#include <limits>
#include <map>

#include "core/base/text.h"
#include "core/rtl/lexer.h"

namespace rtlgen::rtl {

LineMap::LineMap(std::string_view preprocessed, std::string first_file) {
    files_.push_back(std::move(first_file));
    segments_.push_back({1, 1, 0});
    std::map<std::string, std::size_t> index;
    Lexer lexer(preprocessed);
    Token token = lexer.next();
    while (token.kind != TokenKind::End) {
        if (!token.is("`line")) {
            token = lexer.next();
            continue;
        }
        const int directive_line = token.line;
        const Token number = lexer.next();
        const Token name = lexer.next();
        token = name;
        const auto line = parse_int(number.text);
        if (number.kind != TokenKind::Number || !line || *line < 0 ||
            *line > std::numeric_limits<int>::max() / 2 || name.kind != TokenKind::String ||
            name.unterminated || name.line != directive_line) {
            if (number.is("`line")) token = number;
            continue;
        }
        const auto [entry, added] = index.try_emplace(string_value(name), files_.size());
        if (added) files_.push_back(entry->first);
        segments_.push_back({directive_line + 1, static_cast<int>(*line), entry->second});
        token = lexer.next();
    }
}

SourceLine LineMap::map(int line) const {
    if (segments_.empty()) return {{}, line};
    const auto after = std::ranges::upper_bound(segments_, line, {}, &Segment::first_line);
    const Segment& segment = after == segments_.begin() ? segments_.front() : *std::prev(after);
    return {files_[segment.file], segment.source_line + (line - segment.first_line)};
}

}  // namespace rtlgen::rtl

// SPDX-License-Identifier: Apache-2.0
#include "datasets/retrieval/port_items.h"

#include <algorithm>

#include "core/base/text.h"
#include "datasets/retrieval/name_words.h"
#include "datasets/retrieval/port_cursor.h"

namespace rtlgen::datasets {
namespace {

bool is_capitals(const std::string& raw) {
    return std::ranges::none_of(raw, [](char c) { return c >= 'a' && c <= 'z'; });
}

}  // namespace

std::string_view PortItems::norm(std::size_t at) const {
    return at < tokens_.size() ? std::string_view(tokens_[at].norm) : std::string_view(".");
}

std::string_view PortItems::before(std::size_t at, std::size_t back) const {
    return at >= back ? norm(at - back) : std::string_view(".");
}

bool PortItems::starts_line(std::size_t at) const {
    return at == 0 || tokens_[at - 1].line != tokens_[at].line;
}

bool PortItems::is_mark(std::size_t at) const {
    return at >= tokens_.size() || !tokens_[at].is_word;
}

std::optional<PortDirection> PortItems::direction_at(std::size_t at) const {
    if (at >= tokens_.size() || tokens_[at].quoted) return std::nullopt;
    return port_direction(tokens_[at].norm);
}

std::optional<int> PortItems::range_at(std::size_t at) const { return Cursor{tokens_, at}.range(); }

bool PortItems::is_strong(std::size_t at) const {
    const SpecToken& token = tokens_[at];
    const bool capital =
        token.raw.size() > 1 && is_capitals(token.raw) && hints_.is_signal(to_lower(token.raw));
    const bool keyword = port_direction(token.norm) || is_type_word(token.norm);
    return token.quoted || capital || is_no_english(token) || (range_at(at + 1) && !keyword);
}

bool PortItems::could_be_name(std::size_t at) const {
    if (at >= tokens_.size()) return false;
    const SpecToken& token = tokens_[at];
    if (!is_name(token) || to_lower(token.raw) == to_lower(hints_.module_name)) return false;
    if (token.number && !hints_.is_signal(to_lower(token.raw))) return false;
    if (token.quoted) return !in_quoted_text(at);
    const bool keyword = port_direction(token.norm) || is_type_word(token.norm);
    if ((range_at(at + 1) && !keyword) || ends_list(at)) return true;
    if (port_direction(token.norm) || is_prose_word(token)) return is_name_a(tokens_, at);
    return !never_a_name(token.norm);
}

bool PortItems::in_quoted_text(std::size_t at) const {
    auto words = [&](std::size_t k) {
        return k < tokens_.size() && tokens_[k].quoted && never_a_name(tokens_[k].norm);
    };
    return (at > 0 && words(at - 1)) || words(at + 1);
}

bool PortItems::ends_list(std::size_t at) const {
    const bool behind =
        at >= 2 && tokens_[at - 2].is_word && (before(at) == "," || before(at) == "and") &&
        (is_no_english(tokens_[at - 2]) || hints_.is_signal(to_lower(tokens_[at - 2].raw)));
    return behind && is_mark(at + 1) && hints_.is_signal(to_lower(tokens_[at].raw));
}

std::optional<int> PortItems::attribute(std::size_t& at) const {
    if (const auto range = range_at(at)) {
        at += 5;
        return range;
    }
    std::size_t look = at;
    while (norm(look) == "of" || norm(look) == "with" || norm(look) == "," ||
           norm(look) == "each" || norm(look) == "a" || norm(look) == "is" || norm(look) == "has") {
        ++look;
    }
    std::optional<int> bits = Cursor{tokens_, look}.bits();
    const bool single =
        norm(look) == "single" && (norm(look + 1) == "bit" || norm(look + 2) == "bit");
    if (single) bits = 1;
    if (!bits) return std::nullopt;
    while (norm(look) != "bit") ++look;
    ++look;
    if (norm(look) == "-") ++look;
    if (norm(look) == "wide" || norm(look) == "each") ++look;
    at = look;
    return bits;
}

std::optional<PortItem> PortItems::item_at(std::size_t at) const {
    PortItem item;
    std::size_t look = at;
    while (norm(look) == "the" || norm(look) == "an" || norm(look) == "*" ||
           (norm(look) == "a" && !is_name_a(tokens_, look))) {
        ++look;
    }
    item.width = norm(look) == "," ? std::nullopt : attribute(look);
    if (!could_be_name(look)) return std::nullopt;
    item.at = look++;
    if (const auto width = attribute(look)) item.width = width;
    if (norm(look) == "(") look = bracket(look, item);
    item.end = look;
    const bool closed = is_mark(look) || norm(look) == "and" || norm(look) == "plus" ||
                        direction_at(look) || starts_line(look);
    if (!closed && !is_strong(item.at)) return std::nullopt;
    return item;
}

std::optional<PortItem> PortItems::described_item(std::size_t at) const {
    constexpr std::size_t kReach = 7;
    auto plain = item_at(at);
    auto article = [](std::string_view word) {
        return word == "the" || word == "a" || word == "an";
    };
    if (plain || (!article(norm(at)) && !article(before(at)))) return plain;
    if (!article(norm(at))) --at;
    std::string told;
    for (std::size_t k = at + 1; k < std::min(at + kReach, tokens_.size()); ++k) {
        if (norm(k) == "." || norm(k) == "," || norm(k) == ":" || norm(k) == "(") break;
        auto item = k > at + 1 && tokens_[k].is_word ? item_at(k) : std::nullopt;
        if (item && item->at == k && norm(k - 1) != "-") {
            item->description = told + item->description;
            return item;
        }
        told += tokens_[k].raw + " ";
    }
    return std::nullopt;
}

std::size_t PortItems::bracket(std::size_t open, PortItem& item) const {
    std::size_t at = open + 1;
    for (; at < tokens_.size() && norm(at) != ")"; ++at) {
        const auto said = direction_at(at);
        const bool only = said && (tokens_[at].norm.size() > 3 || at == open + 1);
        if (only && !item.direction && at < open + 5) item.direction = said;
        item.description += tokens_[at].raw + " ";
    }
    if (const auto width = width_in(tokens_, open + 1, at)) item.width = width;
    if (!item.width && at == open + 2 && tokens_[at - 1].number) {  // "u (12)"
        item.width = static_cast<int>(std::clamp<std::int64_t>(*tokens_[at - 1].number, 1, 65536));
    }
    item.shared = before(at) == "each" || norm(open + 1) == "each" || norm(open + 1) == "both" ||
                  norm(open + 1) == "all";
    const bool bare =
        at >= 2 && tokens_[at - 1].number && (norm(at - 2) == "," || norm(at - 2) == ":");
    if (!item.width && bare && item.direction)
        item.width = static_cast<int>(std::clamp<std::int64_t>(*tokens_[at - 1].number, 1, 65536));
    return std::min(at + 1, tokens_.size());
}

bool PortItems::is_bracketed(std::size_t at) const {
    constexpr auto kNouns = std::to_array<std::string_view>(
        {"clock",  "reset",  "byte",    "strobe", "line",      "flag",   "word",    "input",
         "output", "enable", "data",    "bus",    "signal",    "pulse",  "request", "grant",
         "bit",    "result", "operand", "value",  "character", "vector", "pin"});
    if (at < 2 || before(at) != "(" || !one_of(before(at, 2), kNouns)) return false;
    const bool sized = norm(at + 1) == "," && Cursor{tokens_, at + 2}.bits();
    return could_be_name(at) && !direction_at(at) && (norm(at + 1) == ")" || sized);
}

}  // namespace rtlgen::datasets

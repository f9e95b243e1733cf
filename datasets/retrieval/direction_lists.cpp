// SPDX-License-Identifier: Apache-2.0
#include "datasets/retrieval/direction_lists.h"

#include <algorithm>
#include <array>
#include <utility>

#include "datasets/retrieval/name_words.h"
#include "datasets/retrieval/port_cursor.h"

namespace rtlgen::datasets {
namespace {

constexpr auto kFillers = std::to_array<std::string_view>(
    {"port",  "signal", "pin", "line", "wire",  "reg",    "logic",    "signed", "unsigned",
     ":",     "is",     "are", "be",   "shall", "must",   "should",   "will",   "called",
     "named", "the",    "a",   "an",   "-",     "vector", "single",   "*",      "these",
     "bus",   "name",   "=",   "only", "then",  "just",   "following"});

/// What stands between a direction and the names behind it.
struct Opening {
    std::size_t direction_at = 0;
    std::size_t names_at = 0;
    std::optional<int> width;  ///< of all names
    bool copula = false;       ///< "is", "are"
    bool colon = false;        ///< ":", "called" or a bracket: names must follow
};

class DirectionLists : private PortItems {
public:
    DirectionLists(const std::vector<SpecToken>& tokens, const MentionHints& hints,
                   PortEvidence& evidence)
        : PortItems(tokens, hints), evidence_(evidence) {}

    void run(const std::set<int>& other_lines) {
        for (std::size_t k = 0; k < tokens_.size(); ++k) {
            if (other_lines.contains(tokens_[k].line)) continue;
            if (const auto direction = direction_of_list(k)) read_list(k, *direction);
        }
    }

private:
    /// The direction that a list behind `at` has.
    [[nodiscard]] std::optional<PortDirection> direction_of_list(std::size_t at) const {
        constexpr std::array<std::string_view, 6> kTake = {"get",     "gets",     "takes",
                                                           "receive", "receives", "accept"};
        if (tokens_[at].quoted) return std::nullopt;
        if (one_of(tokens_[at].norm, kTake)) {
            return item_at(at + 1) && is_strong(item_at(at + 1)->at)
                       ? std::optional(PortDirection::Input)
                       : std::nullopt;
        }
        const auto direction = direction_at(at);
        if (!direction || tokens_[at].norm.size() > 3) return direction;
        // "in" and "out" are words of prose too.
        if (norm(at + 1) == ":") return direction;
        const auto item = item_at(at + 1);
        const bool opens = at == 0 || is_mark(at - 1) || starts_line(at);
        return opens && item && before(at) != "(" && (is_strong(item->at) || has_comma(at + 1))
                   ? direction
                   : std::nullopt;
    }
    /// Two names with a comma between them.
    [[nodiscard]] bool has_comma(std::size_t at) const {
        const auto first = item_at(at);
        return first && norm(first->end) == "," && item_at(first->end + 1);
    }

    /// Names behind a direction, as long as nothing else comes.
    void read_list(std::size_t open, PortDirection direction) {
        const Opening opening = opening_of(open);
        const std::vector<PortItem> items = items_behind(opening);
        if (items.empty() || !is_list(opening, items)) return;
        for (const PortItem& item : items) {
            // A list that has words and names ends with its last name.
            evidence_.add(tokens_[item.at].raw, item, item.direction.value_or(direction),
                          DirectionFrom::Text);
        }
    }

    [[nodiscard]] Opening opening_of(std::size_t open) const {
        constexpr std::array<std::string_view, 4> kColons = {":", "-", "called", "named"};
        constexpr std::array<std::string_view, 3> kCopulas = {"is", "are", "be"};
        Opening opening{open, open + 1, width_before(open)};
        while (opening.names_at < tokens_.size()) {
            const std::size_t at = opening.names_at;
            opening.colon = opening.colon || one_of(norm(at), kColons);
            opening.copula = opening.copula || one_of(norm(at), kCopulas);
            if (leaves_line(at) && !opening.copula) break;
            std::size_t look = at;
            if (const auto said = attribute(look); said && norm(at) != ",") {
                opening.width = said;
                opening.names_at = look;
            } else if (at == open + 1 && opens_bracket(at)) {
                opening.colon = true;
                ++opening.names_at;
            } else if (is_filler(at) || is_count(at)) {
                ++opening.names_at;
            } else {
                break;
            }
        }
        return opening;
    }
    /// "two 8-bit inputs"
    [[nodiscard]] std::optional<int> width_before(std::size_t open) const {
        if (before(open) != "bit" || open < 3) return std::nullopt;
        return Cursor{tokens_, before(open, 2) == "-" ? open - 3 : open - 2}.bits();
    }
    /// A line begins at `at`, and nothing says that the list goes on there.
    [[nodiscard]] bool leaves_line(std::size_t at) const {
        constexpr std::array<std::string_view, 3> kGoesOn = {":", "port", "."};
        return starts_line(at) && !one_of(norm(at - 1), kGoesOn) && !tokens_[at].quoted;
    }
    /// "three inputs (a, b, c)"
    [[nodiscard]] bool opens_bracket(std::size_t at) const {
        return norm(at) == "(" && item_at(at + 1) && !direction_at(at + 1);
    }
    [[nodiscard]] bool is_filler(std::size_t at) const {
        return one_of(norm(at), kFillers) && !tokens_[at].quoted && !is_name_a(tokens_, at);
    }
    /// "in: 2 inputs"
    [[nodiscard]] bool is_count(std::size_t at) const {
        return tokens_[at].number && !could_be_name(at) &&
               (direction_at(at + 1) || norm(at + 1) == "port");
    }

    [[nodiscard]] std::vector<PortItem> items_behind(const Opening& opening) const {
        constexpr std::array<std::string_view, 4> kJoints = {",", "and", "/", "plus"};
        std::vector<PortItem> items;
        std::size_t at = opening.names_at;
        while (auto item = opening.colon ? described_item(at) : item_at(at)) {
            if (!item->width) item->width = opening.width;
            if (item->shared) share_width(item->width, items);
            at = behind(item->end, kJoints);
            items.push_back(*std::move(item));
            if (direction_at(at)) break;
        }
        return items;
    }
    static void share_width(std::optional<int> width, std::vector<PortItem>& items) {
        for (PortItem& item : items) {
            if (!item.width) item.width = width;
        }
    }

    /// Whether these are names, and no words of a sentence.
    [[nodiscard]] bool is_list(const Opening& opening, const std::vector<PortItem>& items) const {
        if (std::ranges::any_of(items, [&](const auto& item) { return is_strong(item.at); })) {
            return true;
        }
        constexpr std::array<std::string_view, 3> kOwn = {"only", "its", "1"};
        constexpr std::array<std::string_view, 3> kFresh = {"an", "1", "another"};
        const std::string_view last = before(opening.direction_at);
        const bool ends = is_mark(items.back().end);
        const bool many = items.size() > 1;
        if (!many && one_of(last, kFresh) && !opening.copula && ends) return true;
        if (!many && opening.copula && items.front().width) return true;
        return (ends && (one_of(last, kOwn) || opening.colon)) || (many && !opening.copula);
    }

    PortEvidence& evidence_;
};

}  // namespace

void read_direction_lists(const std::vector<SpecToken>& tokens, const MentionHints& hints,
                          const std::set<int>& other_lines, PortEvidence& evidence) {
    DirectionLists(tokens, hints, evidence).run(other_lines);
}

}  // namespace rtlgen::datasets

// SPDX-License-Identifier: Apache-2.0
#include "datasets/retrieval/port_rows.h"

#include <algorithm>
#include <array>
#include <utility>

#include "datasets/retrieval/name_words.h"

namespace rtlgen::datasets {
namespace {

/// Looks at the beginnings of lines.
class PortLines : protected PortItems {
protected:
    PortLines(const std::vector<SpecToken>& tokens, const MentionHints& hints,
              PortEvidence& evidence)
        : PortItems(tokens, hints), evidence_(evidence) {}

    [[nodiscard]] bool same_line(std::size_t at, std::size_t begin) const {
        return at < tokens_.size() && tokens_[at].line == tokens_[begin].line;
    }
    /// Behind the marks of a line's beginning.
    [[nodiscard]] std::size_t first_word(std::size_t begin) const {
        std::size_t at = begin;
        while (same_line(at, begin) && is_mark(at)) ++at;
        return at;
    }
    void add(const PortItem& item, PortDirection direction) {
        evidence_.add(tokens_[item.at].raw, item, direction, DirectionFrom::Text);
    }

private:
    PortEvidence& evidence_;
};

struct Row {
    PortItem item;
    PortDirection direction = PortDirection::Input;
    bool numbered = false;  ///< a number or a width stands behind the direction
};

class PortRows : private PortLines {
public:
    PortRows(const std::vector<SpecToken>& tokens, const MentionHints& hints,
             PortEvidence& evidence)
        : PortLines(tokens, hints, evidence) {}

    std::set<int> run() {
        std::vector<Row> rows;
        for (std::size_t k = 0; k < tokens_.size(); ++k) {
            if (!starts_line(k)) continue;
            if (auto row = row_at(k)) rows.push_back(*std::move(row));
        }
        if (rows.size() < 2) return {};
        const bool column = std::ranges::all_of(rows, &Row::numbered);
        std::set<int> lines;
        for (Row& row : rows) {
            // A column of numbers is the widths.
            if (!row.item.width && column) row.item.width = row.item.maybe;
            lines.insert(tokens_[row.item.at].line);
            add(row.item, row.direction);
        }
        return lines;
    }

private:
    [[nodiscard]] std::optional<Row> row_at(std::size_t begin) const {
        constexpr std::array<std::string_view, 6> kBeforeDirection = {":", "/", "-", "(", "|", ","};
        constexpr std::array<std::string_view, 3> kBehindDirection = {",", "|", ":"};
        const std::size_t at = first_word(begin);
        if (!could_be_name(at) || !same_line(at, begin)) return std::nullopt;
        Row row;
        row.item.at = at;
        row.item.end = at + 1;
        row.item.width = attribute(row.item.end);
        const std::size_t said = behind(row.item.end, kBeforeDirection);
        const auto direction = row_direction(said);
        if (!direction || !same_line(said, begin)) return std::nullopt;
        row.direction = *direction;
        const std::size_t rest = behind(said + 1, kBehindDirection);
        read_width(rest, row);
        for (std::size_t k = rest; same_line(k, begin); ++k) {
            row.item.description += tokens_[k].raw + " ";
        }
        return row;
    }

    /// A direction in a row: also "I" and "O".
    [[nodiscard]] std::optional<PortDirection> row_direction(std::size_t at) const {
        if (at >= tokens_.size()) return std::nullopt;
        if (tokens_[at].raw == "I") return PortDirection::Input;
        if (tokens_[at].raw == "O") return PortDirection::Output;
        return direction_at(at);
    }

    /// A number alone is the width; one with words behind it may be.
    void read_width(std::size_t at, Row& row) const {
        PortItem& item = row.item;
        std::size_t look = at;
        if (const auto width = attribute(look)) item.width = width;
        const bool number = same_line(at, item.at) && tokens_[at].number;
        row.numbered = number || item.width;
        if (item.width || !number) return;
        const bool bare = is_mark(at + 1) || starts_line(at + 1);
        (bare ? item.width : item.maybe) =
            static_cast<int>(std::clamp<std::int64_t>(*tokens_[at].number, 1, 65536));
    }
};

class PortSections : private PortLines {
public:
    PortSections(const std::vector<SpecToken>& tokens, const MentionHints& hints,
                 PortEvidence& evidence)
        : PortLines(tokens, hints, evidence) {}

    void run() {
        for (std::size_t k = 0; k < tokens_.size(); ++k) {
            if (starts_line(k)) read_line(k);
        }
    }

private:
    void read_line(std::size_t begin) {
        const std::size_t at = first_word(begin);
        if (!same_line(at, begin)) return;
        if (const auto direction = direction_at(at); direction && is_heading(at)) {
            section_ = direction;
            return;
        }
        if (!section_) return;
        const std::vector<PortItem> items = items_at(at);
        const bool title = !items.empty() && norm(begin) == "#" && !is_strong(items.front().at);
        if (items.empty() || title) {
            section_.reset();
        } else if (declares(begin, items)) {
            for (const PortItem& one : items) add(one, one.direction.value_or(*section_));
        }
    }

    /// Nothing but "ports", "signals" and a colon behind a direction at `at`.
    [[nodiscard]] bool is_heading(std::size_t at) const {
        constexpr std::array<std::string_view, 3> kNouns = {"port", "signal", "pin"};
        for (std::size_t k = at + 1; same_line(k, at); ++k) {
            if (tokens_[k].is_word && !one_of(norm(k), kNouns)) return false;
        }
        return true;
    }

    /// The names of a line, from `begin` to the first that isn't one.
    [[nodiscard]] std::vector<PortItem> items_at(std::size_t begin) const {
        constexpr std::array<std::string_view, 3> kJoints = {",", "and", "/"};
        std::vector<PortItem> items;
        auto item = item_at(begin);
        while (item && same_line(item->at, begin)) {
            const std::size_t end = item->end;
            items.push_back(*std::move(item));
            const bool more = same_line(end, begin) && one_of(norm(end), kJoints);
            item = more ? item_at(end + 1) : std::nullopt;
        }
        return items;
    }

    /// Whether the line at `begin` declares these names rather than speaks of them.
    [[nodiscard]] bool declares(std::size_t begin, const std::vector<PortItem>& items) const {
        constexpr std::array<std::string_view, 5> kClosing = {":", "-", ".", "=", ","};
        constexpr std::array<std::string_view, 2> kExplains = {":", "-"};
        if (is_mark(begin)) return true;
        const std::size_t end = items.back().end;
        const bool alone = !same_line(end, begin);
        if (!alone && one_of(norm(end), kExplains)) return true;
        return (alone || one_of(norm(end), kClosing)) && is_strong(items.front().at);
    }

    std::optional<PortDirection> section_;  ///< of the heading above
};

}  // namespace

std::set<int> read_port_rows(const std::vector<SpecToken>& tokens, const MentionHints& hints,
                             PortEvidence& evidence) {
    return PortRows(tokens, hints, evidence).run();
}

void read_port_sections(const std::vector<SpecToken>& tokens, const MentionHints& hints,
                        PortEvidence& evidence) {
    PortSections(tokens, hints, evidence).run();
}

}  // namespace rtlgen::datasets

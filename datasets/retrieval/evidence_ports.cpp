// SPDX-License-Identifier: Apache-2.0
// Ports by evidence: every place that speaks of a name adds to what is known of it, whatever the
// form of the sentence.
#include <array>

#include "core/base/text.h"
#include "datasets/retrieval/direction_lists.h"
#include "datasets/retrieval/name_words.h"
#include "datasets/retrieval/port_cursor.h"
#include "datasets/retrieval/port_evidence.h"
#include "datasets/retrieval/port_items.h"
#include "datasets/retrieval/port_rows.h"
#include "datasets/retrieval/spec_interface.h"

namespace rtlgen::datasets {
namespace {

/// Names with their direction behind them, and mentions of names.
class NameReader : private PortItems {
public:
    NameReader(const std::vector<SpecToken>& tokens, const MentionHints& hints,
               PortEvidence& evidence)
        : PortItems(tokens, hints), evidence_(evidence) {}

    void run() {
        for (std::size_t k = 0; k < tokens_.size(); ++k) read_behind(k);
        for (std::size_t k = 0; k < tokens_.size(); ++k) read_mention(k);
    }

private:
    /// "a, b (inputs)", "`a`: input", "a and b are outputs".
    void read_behind(std::size_t at) {
        const auto item = item_at(at);
        if (!item || item->at != at || !is_strong(at)) return;
        const auto direction = direction_behind(*item);
        if (!direction) return;
        add(*item, *direction, DirectionFrom::Text);
        // Its list shares the direction, up to a name that has one.
        for (auto other = previous_in_list(at); other; other = previous_in_list(other->at)) {
            add(*other, *direction, DirectionFrom::Text);
        }
    }

    [[nodiscard]] std::optional<PortDirection> direction_behind(const PortItem& item) const {
        if (item.direction) return item.direction;
        if (const auto direction = direction_behind_mark(item.end)) return direction;
        return direction_of_predicate(item.end);
    }
    /// "`a`: input", "a - output"
    [[nodiscard]] std::optional<PortDirection> direction_behind_mark(std::size_t at) const {
        constexpr std::array<std::string_view, 5> kMarks = {":", "-", ",", "=", "|"};
        if (!one_of(norm(at), kMarks)) return std::nullopt;
        const std::size_t said = norm(at + 1) == "-" ? at + 2 : at + 1;
        const auto direction = direction_at(said);
        if (!direction || tokens_[said].raw.ends_with('s')) return std::nullopt;
        return tokens_[said].norm.size() > 3 || is_mark(said + 1) ? direction : std::nullopt;
    }
    /// "a and b are both outputs"
    [[nodiscard]] std::optional<PortDirection> direction_of_predicate(std::size_t at) const {
        constexpr std::array<std::string_view, 4> kBetween = {"both", "all", "the", "an"};
        if (norm(at) != "are" && norm(at) != "is") return std::nullopt;
        const std::size_t said = behind(at + 1, kBetween);
        const auto direction = direction_at(said);
        return direction && tokens_[said].norm.size() > 3 ? direction : std::nullopt;
    }

    /// The name before that at `at` in a list; none: its direction is known, or it's no list.
    [[nodiscard]] std::optional<PortItem> previous_in_list(std::size_t at) const {
        constexpr std::array<std::string_view, 2> kJoints = {",", "and"};
        if (at < 2 || !one_of(norm(at - 1), kJoints)) return std::nullopt;
        std::size_t name = at - 1;
        while (name > 0 && one_of(norm(name), kJoints)) --name;
        if (norm(name) == "]" && name >= 5) name -= 5;
        auto previous = item_at(name);
        if (!previous || previous->at != name || previous->direction || !is_strong(name)) {
            return std::nullopt;
        }
        const Evidence* known = evidence_.find(tokens_[name].raw);
        return known != nullptr && known->listed ? std::nullopt : previous;
    }

    /// A strong name anywhere, and the widths that are said of a known one.
    void read_mention(std::size_t at) {
        Evidence* known = mentioned(at);
        if (known == nullptr) return;
        if (before(at) == "named" || before(at) == "called") read_before_name(at, known->port);
        if (norm(at + 1) == "(" && !known->listed_at(at)) read_bracket(at + 1, known->port);
        if (!known->port.width && !tokens_[at].number) known->port.width = width_beside(at);
    }
    /// What is known of the name at `at`, which may be its first mention; null: nothing is to be
    /// added to it, or this is no port.
    [[nodiscard]] Evidence* mentioned(std::size_t at) {
        const SpecToken& token = tokens_[at];
        if (evidence_.find(token.raw) == nullptr && is_bracketed(at)) {
            PortItem item = name_alone(at);
            item.description = tokens_[at - 2].raw + " ";
            add(item, PortDirection::Input, DirectionFrom::Guess);
        }
        if (Evidence* known = evidence_.find(token.raw)) return known;
        if (is_bare_reset(at)) {
            add(name_alone(at), PortDirection::Input, DirectionFrom::Text);
            return nullptr;
        }
        if (!could_be_name(at) || !is_strong(at) || (token.quoted && !said_of(at))) return nullptr;
        add(name_alone(at), PortDirection::Input, DirectionFrom::Guess);
        return evidence_.find(token.raw);
    }
    [[nodiscard]] static PortItem name_alone(std::size_t at) {
        PortItem item;
        item.at = at;
        item.end = at + 1;
        return item;
    }

    /// "a 3-bit grant vector named g"
    void read_before_name(std::size_t at, SpecPort& port) const {
        constexpr std::size_t kReach = 8;
        constexpr std::array<std::string_view, 3> kEnds = {",", "and", "."};
        for (std::size_t k = at - 1; k > 0 && at - k < kReach && !one_of(norm(k - 1), kEnds); --k) {
            port.description += tokens_[k - 1].raw + " ";
            if (!port.width) port.width = Cursor{tokens_, k - 1}.bits();
        }
    }
    void read_bracket(std::size_t open, SpecPort& port) const {
        constexpr std::size_t kLongest = 40;
        PortItem beside;
        static_cast<void>(bracket(open, beside));
        if (beside.description.size() < kLongest) port.description += beside.description + ". ";
        if (!port.width) port.width = beside.width;
    }
    /// "a, 8 bits wide", "8-bit a"
    [[nodiscard]] std::optional<int> width_beside(std::size_t at) const {
        std::size_t look = at + 1;
        if (const auto width = attribute(look)) return width;
        if (at < 2 || before(at) != "bit" || starts_line(at)) return std::nullopt;
        return Cursor{tokens_, before(at, 2) == "-" ? at - 3 : at - 2}.bits();
    }

    /// "reset is synchronous", "if reset=1", "called reset": no article, so it is a name.
    [[nodiscard]] bool is_bare_reset(std::size_t at) const {
        constexpr std::array<std::string_view, 5> kNames = {"reset", "rst", "clear", "clock",
                                                            "areset"};
        if (tokens_[at].raw != tokens_[at].norm || !one_of(norm(at), kNames)) return false;
        const bool clock = norm(at) == "clock";
        constexpr std::array<std::string_view, 2> kClocks = {"clk", "clock"};
        constexpr std::array<std::string_view, 4> kResets = {"rst", "reset", "clr", "clear"};
        const bool other =
            clock ? evidence_.has_name_with(kClocks) : evidence_.has_name_with(kResets);
        if (other) return false;
        if (before(at) == "called" || before(at) == "named" || before(at) == "name") return true;
        constexpr std::array<std::string_view, 9> kBare = {
            "when", "while", "if", "whenever", "as", "until", ".", "unless", ","};
        const bool said = norm(at + 1) == "is" || norm(at + 1) == "=" || norm(at + 1) == "goes";
        const bool bracket = starts_line(at) && norm(at + 1) == "(";
        return !clock && (bracket || (said && (one_of(before(at), kBare) || starts_line(at))));
    }
    /// A quoted word is a name where something is said of its level, or it has the name of one.
    [[nodiscard]] bool said_of(std::size_t at) const {
        return is_no_english(tokens_[at]) || hints_.is_signal(to_lower(tokens_[at].raw)) ||
               norm(at + 1) == "=" || norm(at + 1) == "is";
    }

    void add(const PortItem& item, PortDirection direction, DirectionFrom from) {
        evidence_.add(tokens_[item.at].raw, item, direction, from);
    }

    PortEvidence& evidence_;
};

}  // namespace

std::vector<SpecPort> ports_of_evidence(const std::vector<SpecToken>& tokens,
                                        const MentionHints& hints) {
    PortEvidence evidence;
    const std::set<int> rows = read_port_rows(tokens, hints, evidence);
    read_port_sections(tokens, hints, evidence);
    read_direction_lists(tokens, hints, rows, evidence);
    NameReader(tokens, hints, evidence).run();
    return evidence.ports();
}

}  // namespace rtlgen::datasets

// SPDX-License-Identifier: Apache-2.0
// Ports by evidence: every place that speaks of a name adds to what is known of it, whatever the
// form of the sentence.
#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "core/base/text.h"
#include "datasets/retrieval/name_words.h"
#include "datasets/retrieval/port_cursor.h"
#include "datasets/retrieval/port_items.h"
#include "datasets/retrieval/spec_interface.h"

namespace rtlgen::datasets {
namespace {

constexpr auto kFillers = std::to_array<std::string_view>(
    {"port",  "signal", "pin", "line", "wire",  "reg",    "logic",    "signed", "unsigned",
     ":",     "is",     "are", "be",   "shall", "must",   "should",   "will",   "called",
     "named", "the",    "a",   "an",   "-",     "vector", "single",   "*",      "these",
     "bus",   "name",   "=",   "only", "then",  "just",   "following"});

/// What is known of one name.
struct Evidence {
    std::size_t first = 0;  ///< where it stands as a port for the first time
    SpecPort port;
    bool listed = false;  ///< stands in a list that says its direction

    [[nodiscard]] bool listed_at(std::size_t at) const { return listed && first == at; }
};

class EvidenceReader : private PortItems {
public:
    EvidenceReader(const std::vector<SpecToken>& tokens, const MentionHints& hints)
        : PortItems(tokens, hints) {}

    std::vector<SpecPort> run() {
        read_rows();
        read_sections();
        for (std::size_t k = 0; k < tokens_.size(); ++k) {
            if (row_lines_.contains(tokens_[k].line)) continue;
            if (const auto direction = opener(k)) read_list(k, *direction);
        }
        for (std::size_t k = 0; k < tokens_.size(); ++k) read_behind(k);
        for (std::size_t k = 0; k < tokens_.size(); ++k) read_mention(k);
        return ports();
    }

private:
    /// The direction that a list behind `at` has.
    [[nodiscard]] std::optional<PortDirection> opener(std::size_t at) const {
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
        return opens && item && before(at) != "(" && (is_strong(item->at) || is_list(at + 1))
                   ? direction
                   : std::nullopt;
    }
    [[nodiscard]] bool is_list(std::size_t at) const {
        const auto first = item_at(at);
        return first && norm(first->end) == "," && item_at(first->end + 1);
    }

    /// Names behind a direction, as long as nothing else comes.
    void read_list(std::size_t open, PortDirection direction) {
        std::size_t at = open + 1;
        std::optional<int> width;
        if (before(open) == "bit" && open >= 3) {  // "two 8-bit inputs"
            width = Cursor{tokens_, before(open, 2) == "-" ? open - 3 : open - 2}.bits();
        }
        bool copula = false;
        bool colon = false;
        while (at < tokens_.size()) {
            const bool spoken = one_of(norm(at), kFillers) && !tokens_[at].quoted;
            if (norm(at) == ":" || norm(at) == "-" || norm(at) == "called" || norm(at) == "named") {
                colon = true;
            }
            copula = copula || norm(at) == "is" || norm(at) == "are" || norm(at) == "be";
            if (tokens_[at].line != tokens_[at - 1].line && norm(at - 1) != ":" && !copula &&
                norm(at - 1) != "port" && norm(at - 1) != "." && !tokens_[at].quoted) {
                break;
            }
            const bool number = tokens_[at].number && !could_be_name(at);
            std::size_t look = at;
            if (const auto said = attribute(look); said && norm(at) != ",") {
                width = said;
                at = look;
            } else if (spoken && !is_name_a(tokens_, at)) {
                ++at;
            } else if (norm(at) == "(" && at == open + 1 && item_at(at + 1) &&
                       !direction_at(at + 1)) {
                colon = true;  // "three inputs (a, b, c)"
                ++at;
            } else if (number && (direction_at(at + 1) || norm(at + 1) == "port")) {
                ++at;
            } else {
                break;
            }
        }
        std::vector<PortItem> items;
        while (auto item = colon ? described_item(at) : item_at(at)) {
            if (!item->width) item->width = width;
            for (PortItem& one : items) {
                if (item->shared && !one.width) one.width = item->width;
            }
            at = item->end;
            items.push_back(*std::move(item));
            while (norm(at) == "," || norm(at) == "and" || norm(at) == "/" || norm(at) == "plus")
                ++at;
            if (direction_at(at)) break;
        }
        if (items.empty()) return;
        const bool strong =
            std::ranges::any_of(items, [&](const PortItem& item) { return is_strong(item.at); });
        const bool many = items.size() > 1;
        const bool own = before(open) == "only" || before(open) == "its" || before(open) == "1";
        const bool fresh = before(open) == "an" || before(open) == "1" || before(open) == "another";
        const bool sole = fresh && !copula && items.size() == 1 && is_mark(items.back().end);
        const bool sized = copula && items.size() == 1 && items.front().width.has_value();
        const bool list = strong || sole || sized || (own && is_mark(items.back().end)) ||
                          (colon && is_mark(items.back().end)) || (many && !copula);
        if (!list) return;
        for (const PortItem& item : items) {
            // A list that has words and names ends with its last name.
            add(item, item.direction.value_or(direction), true);
        }
    }

    /// "a, b (inputs)", "`a`: input", "a and b are outputs".
    void read_behind(std::size_t at) {
        const auto item = item_at(at);
        if (!item || item->at != at || !is_strong(at)) return;
        std::optional<PortDirection> direction = item->direction;
        std::size_t look = item->end;
        if (!direction && (norm(look) == ":" || norm(look) == "-" || norm(look) == "," ||
                           norm(look) == "=" || norm(look) == "|")) {
            const std::size_t said = norm(look + 1) == "-" ? look + 2 : look + 1;
            const bool word =
                said < tokens_.size() && direction_at(said) && !tokens_[said].raw.ends_with('s');
            if (word && (tokens_[said].norm.size() > 3 || is_mark(said + 1))) {
                direction = direction_at(said);
            }
        }
        if (!direction && (norm(look) == "are" || norm(look) == "is")) {
            ++look;
            while (norm(look) == "both" || norm(look) == "all" || norm(look) == "the" ||
                   norm(look) == "an")
                ++look;
            if (direction_at(look) && tokens_[look].norm.size() > 3) direction = direction_at(look);
        }
        if (!direction) return;
        add(*item, *direction, true);
        // Its list shares the direction, up to a name that has one.
        std::size_t back = at;
        while (back >= 2) {
            std::size_t name = back - 1;
            if (norm(name) != "," && norm(name) != "and") return;
            while (name > 0 && (norm(name) == "," || norm(name) == "and")) --name;
            if (norm(name) == "]" && name >= 5) name -= 5;
            const auto previous = item_at(name);
            if (!previous || previous->at != name || previous->direction || !is_strong(name))
                return;
            const Evidence* known = find(tokens_[name].raw);
            if (known != nullptr && known->listed) return;
            add(*previous, *direction, true);
            back = name;
        }
    }

    /// A direction in a row: also "I" and "O".
    [[nodiscard]] std::optional<PortDirection> row_direction(std::size_t at) const {
        if (at >= tokens_.size()) return std::nullopt;
        if (tokens_[at].raw == "I") return PortDirection::Input;
        if (tokens_[at].raw == "O") return PortDirection::Output;
        return direction_at(at);
    }

    /// "Outputs:" alone on a line, with names at the beginning of the lines below.
    void read_sections() {
        std::optional<PortDirection> section;
        for (std::size_t k = 0; k < tokens_.size(); ++k) {
            if (!starts_line(k)) continue;
            std::size_t at = k;
            auto here = [&](std::size_t where) {
                return where < tokens_.size() && tokens_[where].line == tokens_[k].line;
            };
            while (here(at) && is_mark(at)) ++at;
            if (!here(at)) continue;
            if (const auto direction = direction_at(at); direction && ends_heading(at)) {
                section = direction;
                continue;
            }
            if (!section) continue;
            std::vector<PortItem> items;
            auto item = item_at(at);
            while (item && here(item->at)) {
                at = item->end;
                items.push_back(*std::move(item));
                const bool more =
                    here(at) && (norm(at) == "," || norm(at) == "and" || norm(at) == "/");
                item = more ? item_at(at + 1) : std::nullopt;
            }
            const bool closed = !here(at) || norm(at) == ":" || norm(at) == "-" ||
                                norm(at) == "." || norm(at) == "=" || norm(at) == ",";
            const bool item_line = is_mark(k) || (here(at) && (norm(at) == ":" || norm(at) == "-"));
            if (items.empty() || (!closed && !is_mark(k))) {
                if (is_mark(k) || items.empty()) section.reset();
                continue;
            }
            if (!item_line && !is_strong(items.front().at)) continue;
            for (const PortItem& one : items) add(one, one.direction.value_or(*section), true);
        }
    }
    /// Nothing but "ports", "signals" and a colon behind a direction at `at`.
    [[nodiscard]] bool ends_heading(std::size_t at) const {
        for (std::size_t k = at + 1; k < tokens_.size() && tokens_[k].line == tokens_[at].line;
             ++k) {
            if (tokens_[k].is_word && norm(k) != "port" && norm(k) != "signal" &&
                norm(k) != "pin") {
                return false;
            }
        }
        return true;
    }

    /// Lines "clk in, 1 (...)": a name, its direction, maybe its width.
    void read_rows() {
        std::vector<std::pair<PortItem, PortDirection>> rows;
        bool all_numbers = true;
        for (std::size_t k = 0; k < tokens_.size(); ++k) {
            std::size_t at = k;
            if (!starts_line(k)) continue;
            while (at < tokens_.size() && is_mark(at) && tokens_[at].line == tokens_[k].line) ++at;
            if (!could_be_name(at) || tokens_[at].line != tokens_[k].line) continue;
            PortItem item;
            item.at = at;
            item.end = at + 1;
            item.width = attribute(item.end);
            std::size_t said = item.end;
            while (norm(said) == ":" || norm(said) == "/" || norm(said) == "-" ||
                   norm(said) == "(" || norm(said) == "|" || norm(said) == ",") {
                ++said;
            }
            const auto direction = row_direction(said);
            if (!direction || tokens_[said].line != tokens_[at].line) continue;
            std::size_t rest = said + 1;
            while (norm(rest) == "," || norm(rest) == "|" || norm(rest) == ":") ++rest;
            std::size_t look = rest;
            if (const auto width = attribute(look)) item.width = width;
            const bool number = rest < tokens_.size() && tokens_[rest].number &&
                                tokens_[rest].line == tokens_[at].line;
            all_numbers = all_numbers && (number || item.width);
            if (!item.width && number) {
                const bool bare = is_mark(rest + 1) || starts_line(rest + 1);
                (bare ? item.width : item.maybe) =
                    static_cast<int>(std::clamp<std::int64_t>(*tokens_[rest].number, 1, 65536));
            }
            for (; rest < tokens_.size() && tokens_[rest].line == tokens_[at].line; ++rest) {
                item.description += tokens_[rest].raw + " ";
            }
            rows.emplace_back(std::move(item), *direction);
        }
        if (rows.size() < 2) return;
        for (auto& [item, direction] : rows) {
            // A column of numbers is the widths.
            if (!item.width && all_numbers) item.width = item.maybe;
            row_lines_.insert(tokens_[item.at].line);
            add(item, direction, true);
        }
    }

    /// A strong name anywhere, and the widths that are said of a known one.
    void read_mention(std::size_t at) {
        const SpecToken& token = tokens_[at];
        Evidence* known = find(token.raw);
        if (known == nullptr && is_bracketed(at)) {
            add({at, at + 1, {}, {}, tokens_[at - 2].raw + " "}, PortDirection::Input, false);
            known = find(token.raw);
        }
        if (known == nullptr && is_bare_reset(at)) {
            add({at, at + 1, {}, {}, {}}, PortDirection::Input, true);
            return;
        }
        const bool sure = known != nullptr || (could_be_name(at) && is_strong(at) &&
                                               (token.quoted ? said_of(at) : true));
        if (!sure) return;
        if (known == nullptr) add({at, at + 1, {}, {}, {}}, PortDirection::Input, false);
        known = find(token.raw);
        if (known == nullptr) return;
        if (before(at) == "named" || before(at) == "called") {  // "a 3-bit grant vector named g"
            for (std::size_t k = at - 1; k > 0 && at - k < 8 && tokens_[k - 1].norm != "," &&
                                         tokens_[k - 1].norm != "and" && norm(k - 1) != ".";
                 --k) {
                known->port.description += tokens_[k - 1].raw + " ";
                if (!known->port.width) known->port.width = Cursor{tokens_, k - 1}.bits();
            }
        }
        std::size_t look = at + 1;
        if (norm(look) == "(" && !known->listed_at(at)) {
            PortItem beside;
            static_cast<void>(bracket(look, beside));
            if (beside.description.size() < 40)
                known->port.description += beside.description + ". ";
            if (!known->port.width) known->port.width = beside.width;
        }
        if (!known->port.width && !tokens_[at].number) {
            known->port.width = attribute(look);
            if (!known->port.width && at >= 2 && before(at) == "bit" &&
                tokens_[at - 1].line == tokens_[at].line) {
                const std::size_t number = before(at, 2) == "-" ? at - 3 : at - 2;
                known->port.width = Cursor{tokens_, number}.bits();
            }
        }
    }
    /// "reset is synchronous", "if reset=1", "called reset": no article, so it is a name.
    [[nodiscard]] bool is_bare_reset(std::size_t at) const {
        constexpr std::array<std::string_view, 5> kNames = {"reset", "rst", "clear", "clock",
                                                            "areset"};
        if (tokens_[at].raw != tokens_[at].norm || !one_of(norm(at), kNames)) return false;
        const bool clock = norm(at) == "clock";
        const bool other = std::ranges::any_of(known_, [&](const auto& entry) {
            const std::string& name = entry.first;
            return clock ? name.find("clk") != std::string::npos ||
                               name.find("clock") != std::string::npos
                         : name.find("rst") != std::string::npos ||
                               name.find("reset") != std::string::npos ||
                               name.find("clr") != std::string::npos ||
                               name.find("clear") != std::string::npos;
        });
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

    [[nodiscard]] Evidence* find(const std::string& name) {
        const auto found = known_.find(to_lower(name));
        return found == known_.end() || found->second.port.name != name ? nullptr : &found->second;
    }
    void add(const PortItem& item, PortDirection direction, bool said) {
        const std::string& name = tokens_[item.at].raw;
        auto [entry, fresh] = known_.try_emplace(to_lower(name));
        Evidence& evidence = entry->second;
        if (fresh) {
            evidence.first = item.at;
            evidence.port.name = name;
            evidence.port.direction = direction;
            evidence.port.direction_said = said;
        } else if (said && !evidence.port.direction_said) {
            evidence.port.direction = direction;
            evidence.port.direction_said = true;
        }
        evidence.listed = evidence.listed || said;
        evidence.first = std::min(evidence.first, item.at);
        if (!evidence.port.width) evidence.port.width = item.width;
        if (!item.description.empty()) evidence.port.description += item.description + ". ";
    }

    [[nodiscard]] std::vector<SpecPort> ports() const {
        std::vector<const Evidence*> order;
        for (const auto& [name, evidence] : known_) order.push_back(&evidence);
        std::ranges::sort(order, {}, [](const Evidence* one) { return one->first; });
        std::vector<SpecPort> ports;
        for (const Evidence* one : order) ports.push_back(one->port);
        return ports;
    }

    std::map<std::string, Evidence> known_;
    std::set<int> row_lines_;  ///< lines that declare one port each
};

}  // namespace

std::vector<SpecPort> ports_of_evidence(const std::vector<SpecToken>& tokens,
                                        const MentionHints& hints) {
    return EvidenceReader(tokens, hints).run();
}

}  // namespace rtlgen::datasets

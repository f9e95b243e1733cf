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
#include "datasets/retrieval/spec_interface.h"

namespace rtlgen::datasets {
namespace {

constexpr auto kFillers = std::to_array<std::string_view>(
    {"port",  "signal", "pin", "line", "wire",  "reg",    "logic",    "signed", "unsigned",
     ":",     "is",     "are", "be",   "shall", "must",   "should",   "will",   "called",
     "named", "the",    "a",   "an",   "-",     "vector", "single",   "*",      "these",
     "bus",   "name",   "=",   "only", "then",  "just",   "following"});

bool is_capitals(const std::string& raw) {
    return std::ranges::none_of(raw, [](char c) { return c >= 'a' && c <= 'z'; });
}

/// What is known of one name.
struct Evidence {
    std::size_t first = 0;  ///< where it stands as a port for the first time
    SpecPort port;
    bool listed = false;  ///< stands in a list that says its direction
};

/// A name in a list with what stands beside it.
struct Item {
    std::size_t at = 0;
    std::size_t end = 0;
    std::optional<PortDirection> direction;
    std::optional<int> width;
    std::string description;
};

class EvidenceReader {
public:
    EvidenceReader(const std::vector<SpecToken>& tokens, const MentionHints& hints)
        : tokens_(tokens), hints_(hints) {}

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
    [[nodiscard]] std::string_view norm(std::size_t at) const {
        return at < tokens_.size() ? std::string_view(tokens_[at].norm) : std::string_view(".");
    }
    [[nodiscard]] std::string_view before(std::size_t at, std::size_t back = 1) const {
        return at >= back ? norm(at - back) : std::string_view(".");
    }
    [[nodiscard]] bool starts_line(std::size_t at) const {
        return at == 0 || tokens_[at - 1].line != tokens_[at].line;
    }
    [[nodiscard]] bool is_mark(std::size_t at) const {
        return at >= tokens_.size() || !tokens_[at].is_word;
    }
    [[nodiscard]] std::optional<PortDirection> direction_at(std::size_t at) const {
        if (at >= tokens_.size() || tokens_[at].quoted) return std::nullopt;
        return port_direction(tokens_[at].norm);
    }
    [[nodiscard]] std::optional<int> range_at(std::size_t at) const {
        return Cursor{tokens_, at}.range();
    }

    /// Can't be a word of English.
    [[nodiscard]] bool is_strong(std::size_t at) const {
        const SpecToken& token = tokens_[at];
        const bool capital =
            token.raw.size() > 1 && is_capitals(token.raw) && hints_.is_signal(to_lower(token.raw));
        return token.quoted || capital || is_no_english(token) || range_at(at + 1).has_value();
    }
    [[nodiscard]] bool could_be_name(std::size_t at) const {
        if (at >= tokens_.size()) return false;
        const SpecToken& token = tokens_[at];
        if (!is_name(token) || to_lower(token.raw) == to_lower(hints_.module_name)) return false;
        if (token.number && !hints_.is_signal(to_lower(token.raw))) return false;
        if (token.quoted) return !in_quoted_text(at);
        if (range_at(at + 1) || ends_list(at)) return true;
        if (port_direction(token.norm) || is_prose_word(token)) return is_name_a(tokens_, at);
        return !never_a_name(token.norm);
    }

    /// Several words in quotes are no name.
    [[nodiscard]] bool in_quoted_text(std::size_t at) const {
        auto words = [&](std::size_t k) {
            return k < tokens_.size() && tokens_[k].quoted && tokens_[k].is_word &&
                   !tokens_[k].number && tokens_[k].raw.find('_') == std::string::npos;
        };
        return (at > 0 && words(at - 1)) || words(at + 1);
    }
    /// "out txd, active.": a word that is a signal's name, behind another name.
    [[nodiscard]] bool ends_list(std::size_t at) const {
        const bool behind =
            at >= 2 && tokens_[at - 2].is_word && (before(at) == "," || before(at) == "and") &&
            (is_no_english(tokens_[at - 2]) || hints_.is_signal(to_lower(tokens_[at - 2].raw)));
        return behind && is_mark(at + 1) && hints_.is_signal(to_lower(tokens_[at].raw));
    }

    /// "8-bit", "of 8 bits", ", 8 bits wide", "[7:0]" at a place; the cursor goes behind it.
    [[nodiscard]] std::optional<int> attribute(std::size_t& at) const {
        if (const auto range = range_at(at)) {
            at += 5;
            return range;
        }
        std::size_t look = at;
        while (norm(look) == "of" || norm(look) == "with" || norm(look) == "," ||
               norm(look) == "each" || norm(look) == "a" || norm(look) == "is" ||
               norm(look) == "has") {
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

    /// One name with its attributes; none: what stands there is no name.
    [[nodiscard]] std::optional<Item> item_at(std::size_t at) const {
        Item item;
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

    /// What stands in brackets behind a name; the place behind them.
    [[nodiscard]] std::size_t bracket(std::size_t open, Item& item) const {
        std::size_t at = open + 1;
        for (; at < tokens_.size() && norm(at) != ")"; ++at) {
            const auto said = direction_at(at);
            const bool only = said && (tokens_[at].norm.size() > 3 || at == open + 1);
            if (only && !item.direction && at < open + 5) item.direction = said;
            item.description += tokens_[at].raw + " ";
        }
        if (const auto width = width_in(tokens_, open + 1, at)) item.width = width;
        const bool bare =
            at >= 2 && tokens_[at - 1].number && (norm(at - 2) == "," || norm(at - 2) == ":");
        if (!item.width && bare && item.direction)
            item.width =
                static_cast<int>(std::clamp<std::int64_t>(*tokens_[at - 1].number, 1, 65536));
        return std::min(at + 1, tokens_.size());
    }

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
            } else if (number && (direction_at(at + 1) || norm(at + 1) == "port")) {
                ++at;
            } else {
                break;
            }
        }
        std::vector<Item> items;
        while (auto item = item_at(at)) {
            if (!item->width) item->width = width;
            at = item->end;
            items.push_back(*std::move(item));
            while (norm(at) == "," || norm(at) == "and" || norm(at) == "/" || norm(at) == "plus")
                ++at;
            if (direction_at(at)) break;
        }
        if (items.empty()) return;
        const bool strong =
            std::ranges::any_of(items, [&](const Item& item) { return is_strong(item.at); });
        const bool many = items.size() > 1;
        const bool list = strong || (colon && is_mark(items.back().end)) || (many && !copula);
        if (!list) return;
        for (const Item& item : items) {
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
            std::vector<Item> items;
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
            for (const Item& one : items) add(one, one.direction.value_or(*section), true);
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
        std::vector<std::pair<Item, PortDirection>> rows;
        for (std::size_t k = 0; k < tokens_.size(); ++k) {
            std::size_t at = k;
            if (!starts_line(k)) continue;
            while (at < tokens_.size() && is_mark(at) && tokens_[at].line == tokens_[k].line) ++at;
            if (!could_be_name(at) || tokens_[at].line != tokens_[k].line) continue;
            Item item;
            item.at = at;
            item.end = at + 1;
            item.width = attribute(item.end);
            std::size_t said = item.end;
            while (norm(said) == ":" || norm(said) == "-" || norm(said) == "(" ||
                   norm(said) == "|" || norm(said) == ",") {
                ++said;
            }
            const auto direction = row_direction(said);
            if (!direction || tokens_[said].line != tokens_[at].line) continue;
            std::size_t rest = said + 1;
            while (norm(rest) == "," || norm(rest) == "|" || norm(rest) == ":") ++rest;
            std::size_t look = rest;
            if (const auto width = attribute(look)) item.width = width;
            const bool bare = rest < tokens_.size() && tokens_[rest].number &&
                              tokens_[rest].line == tokens_[at].line;
            if (!item.width && bare && (is_mark(rest + 1) || starts_line(rest + 1))) {
                item.width =
                    static_cast<int>(std::clamp<std::int64_t>(*tokens_[rest].number, 1, 65536));
            }
            for (; rest < tokens_.size() && tokens_[rest].line == tokens_[at].line; ++rest) {
                item.description += tokens_[rest].raw + " ";
            }
            rows.emplace_back(std::move(item), *direction);
        }
        if (rows.size() < 2) return;
        for (const auto& [item, direction] : rows) {
            row_lines_.insert(tokens_[item.at].line);
            add(item, direction, true);
        }
    }

    /// A strong name anywhere, and the widths that are said of a known one.
    void read_mention(std::size_t at) {
        const SpecToken& token = tokens_[at];
        Evidence* known = find(token.raw);
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
        std::size_t look = at + 1;
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
    void add(const Item& item, PortDirection direction, bool said) {
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

    const std::vector<SpecToken>& tokens_;
    const MentionHints& hints_;
    std::map<std::string, Evidence> known_;
    std::set<int> row_lines_;  ///< lines that declare one port each
};

}  // namespace

std::vector<SpecPort> ports_of_evidence(const std::vector<SpecToken>& tokens,
                                        const MentionHints& hints) {
    return EvidenceReader(tokens, hints).run();
}

}  // namespace rtlgen::datasets

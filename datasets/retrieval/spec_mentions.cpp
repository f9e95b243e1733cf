// SPDX-License-Identifier: Apache-2.0
// Ports that running text mentions, told from prose by how the words stand.
#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "core/base/text.h"
#include "datasets/retrieval/name_words.h"
#include "datasets/retrieval/spec_interface.h"

namespace rtlgen::datasets {
namespace {

bool is_level(std::string_view norm) {
    constexpr std::array<std::string_view, 12> kLevels = {
        "high", "low",   "1",        "0",    "asserted", "deasserted",
        "set",  "clear", "inactive", "true", "false",    "active"};
    return one_of(norm, kLevels);
}

std::optional<PortDirection> direction_word(std::string_view norm) {
    if (norm == "input" || norm == "in") return PortDirection::Input;
    if (norm == "output" || norm == "out") return PortDirection::Output;
    return std::nullopt;
}

/// One reading of a text.
class MentionReader {
public:
    MentionReader(const std::vector<SpecToken>& tokens, const MentionHints& hints, MentionKind kind)
        : tokens_(tokens), hints_(hints), kind_(kind) {}

    std::vector<SpecPort> run() {
        for (std::size_t k = 0; k < tokens_.size(); ++k) {
            if (opens_list(k)) read_list(k);
        }
        for (std::size_t k = 0; k < tokens_.size(); ++k) {
            if (could_be_name(k) && is_mention(k)) take(k, {});
        }
        std::vector<SpecPort> ports;
        for (auto& [at, port] : by_place()) ports.push_back(std::move(port));
        return ports;
    }

private:
    struct Found {
        std::size_t at = 0;
        SpecPort port;
    };

    [[nodiscard]] std::string_view norm(std::size_t at) const {
        return at < tokens_.size() ? std::string_view(tokens_[at].norm) : std::string_view(".");
    }
    [[nodiscard]] std::string_view before(std::size_t at, std::size_t back = 1) const {
        return at >= back ? norm(at - back) : std::string_view(".");
    }
    [[nodiscard]] std::string lower(std::size_t at) const { return to_lower(tokens_[at].raw); }

    [[nodiscard]] bool could_be_name(std::size_t at) const {
        const SpecToken& token = tokens_[at];
        if (!token.is_word || !is_simple_identifier(token.raw)) return false;
        // "zero" is a number, and the name of a flag.
        if (token.number && !hints_.is_signal(lower(at))) return false;
        if (to_lower(token.raw) == to_lower(hints_.module_name)) return false;
        return token.quoted || range_at(at + 1) || is_subject(at) || !never_a_name(token.norm);
    }

    /// "active is high", without an article.
    [[nodiscard]] bool is_subject(std::size_t at) const {
        constexpr std::array<std::string_view, 8> kArticles = {"the", "a",    "an",   "its",
                                                               "our", "this", "that", "each"};
        return hints_.is_signal(lower(at)) && tokens_[at].raw == lower(at) &&
               norm(at + 1) == "is" && is_level(norm(at + 2)) && !one_of(before(at), kArticles);
    }

    /// `[7:0]` at a place: its width.
    [[nodiscard]] std::optional<int> range_at(std::size_t at) const {
        if (norm(at) != "[" || norm(at + 2) != ":" || norm(at + 4) != "]") return std::nullopt;
        const auto high = tokens_[at + 1].number;
        const auto low = tokens_[at + 3].number;
        if (!high || !low || *high < *low || *high - *low > 65535) return std::nullopt;
        return static_cast<int>(*high - *low + 1);
    }
    /// "8-bit", "8 bits" at a place.
    [[nodiscard]] std::optional<int> bits_at(std::size_t at) const {
        if (at >= tokens_.size() || !tokens_[at].number) return std::nullopt;
        const std::size_t unit = norm(at + 1) == "-" ? at + 2 : at + 1;
        const auto number = *tokens_[at].number;
        if (norm(unit) != "bit" || number < 1 || number > 65536) return std::nullopt;
        return static_cast<int>(number);
    }

    [[nodiscard]] bool no_english(std::size_t at) const {
        return tokens_[at].quoted || is_no_english(tokens_[at]);
    }

    /// A clause ends at `at`, or a verb follows.
    [[nodiscard]] bool clause_goes_on_at(std::size_t at) const {
        constexpr std::array<std::string_view, 23> kVerbs = {
            "is",   "are",   "and",  "or",   "get",   "goes",  "should", "shall",
            "that", "which", "with", "tell", "show",  "stay",  "when",   "while",
            "for",  "as",    "to",   "so",   "until", "count", "hold"};
        return at >= tokens_.size() || !tokens_[at].is_word || one_of(norm(at), kVerbs);
    }

    [[nodiscard]] bool is_mention(std::size_t at) const {
        if (no_english(at) || range_at(at + 1)) return true;
        if (before(at) == "called" || before(at) == "named") return true;
        if ((before(at) == "input" || before(at) == "output") && clause_goes_on_at(at + 1)) {
            return true;
        }
        return kind_ == MentionKind::Any && used_like_a_name(at);
    }

    /// "on clk", "raises we", "when full is high", "reset is synchronous".
    [[nodiscard]] bool used_like_a_name(std::size_t at) const {
        if (tokens_[at].raw != lower(at)) return false;
        if (is_subject(at)) return true;
        const std::string_view last = before(at);
        const bool known = hints_.is_signal(lower(at));
        const bool ends = clause_goes_on_at(at + 1);
        constexpr std::array<std::string_view, 10> kDrive = {"raise", "pulse",  "assert", "drive",
                                                             "lower", "on",     "assert", "sample",
                                                             "let",   "further"};
        if (known && ends && one_of(last, kDrive)) return true;
        constexpr std::array<std::string_view, 15> kBare = {
            "when", "while", "if", "with", "whenever", "until", "unless", "and",
            "or",   ",",     ";",  ".",    "let",      "only",  "where"};
        if (!one_of(last, kBare)) return false;
        const bool predicate = norm(at + 1) == "is" || norm(at + 1) == "=" ||
                               norm(at + 1) == "goes" || norm(at + 1) == "stay";
        if (is_level(norm(at + 1))) return known;
        if (predicate && is_level(norm(at + 2))) return true;
        // "high when idle" speaks of a state.
        constexpr std::array<std::string_view, 8> kOfState = {
            "when", "while", "if", "whenever", "until", "unless", "where", "only"};
        return known && ends && !one_of(last, kOfState);
    }

    /// The direction that is said just before or in brackets behind.
    void direction_of(std::size_t at, SpecPort& port) const {
        port.direction_said = false;
        for (std::size_t back = 1; back <= 3 && back <= at; ++back) {
            const std::string_view word = norm(at - back);
            if (word == "." || word == "," || word == ")" || word == "and") break;
            if (word != "input" && word != "output") continue;
            port.direction = *direction_word(word);
            port.direction_said = true;
            return;
        }
    }

    /// A width that is said behind the name or in front of it.
    [[nodiscard]] std::optional<int> width_of(std::size_t at) const {
        if (const auto range = range_at(at + 1)) return range;
        const std::size_t open = norm(at + 1) == "(" ? at + 1 : 0;
        for (std::size_t k = open + 1; open > 0 && k < tokens_.size() && norm(k) != ")"; ++k) {
            if (const auto bits = bits_at(k)) return bits;
        }
        for (const std::string_view link : {"of", "with", ","}) {
            if (norm(at + 1) == link && bits_at(at + 2)) return bits_at(at + 2);
        }
        for (std::size_t back = 1; back <= 6 && back <= at; ++back) {
            if (const auto bits = bits_at(at - back)) return bits;
            const std::string_view word = norm(at - back);
            // "two 32-bit operands, x and y"
            const bool plural_comma =
                word == "," && back < at && tokens_[at - back - 1].raw.ends_with('s');
            const bool ends = word == "." || word == ";" || word == ")" || word == "]";
            if (ends || (word == "," && !plural_comma)) break;
            if (word == "and" && back > 1) break;
        }
        return std::nullopt;
    }

    [[nodiscard]] std::string description_of(std::size_t at) const {
        constexpr std::size_t kReach = 7;
        std::size_t begin = at;
        while (begin > 0 && at - begin < kReach && norm(begin - 1) != "." &&
               norm(begin - 1) != "," && norm(begin - 1) != ";") {
            --begin;
        }
        std::string text;
        for (std::size_t k = begin; k < tokens_.size() && k < at + kReach; ++k) {
            if (k > at && (norm(k) == "." || norm(k) == ",")) break;
            if (k != at) text += tokens_[k].raw + " ";
        }
        return text;
    }

    void take(std::size_t at, std::optional<PortDirection> direction) {
        SpecPort port{
            tokens_[at].raw, PortDirection::Input, width_of(at), "", description_of(at), "", true};
        if (direction) {
            port.direction = *direction;
        } else {
            direction_of(at, port);
        }
        for (Found& known : found_) {
            if (known.port.name != port.name) continue;
            if (at < known.at) known.at = at;
            if (!known.port.width) known.port.width = port.width;
            if (!known.port.direction_said && port.direction_said) {
                known.port.direction = port.direction;
                known.port.direction_said = true;
            }
            known.port.description += ". " + port.description;
            return;
        }
        found_.push_back({at, std::move(port)});
    }

    [[nodiscard]] std::vector<std::pair<std::size_t, SpecPort>> by_place() const {
        std::vector<std::pair<std::size_t, SpecPort>> places;
        for (const Found& found : found_) places.emplace_back(found.at, found.port);
        std::ranges::sort(places, {}, [](const auto& place) { return place.first; });
        return places;
    }

    /// "Inputs:", "its output is", "the ports are", "in:" and the module's name with a colon.
    [[nodiscard]] bool opens_list(std::size_t at) const {
        const SpecToken& token = tokens_[at];
        if (!token.is_word) return false;
        const bool colon = norm(at + 1) == ":";
        if (colon && lower(at) == to_lower(hints_.module_name)) return true;
        constexpr std::array<std::string_view, 7> kOpen = {"input", "output",    "port",  "in",
                                                           "out",   "interface", "signal"};
        if (token.quoted || !one_of(token.norm, kOpen)) return false;
        const bool plural = token.raw.ends_with('s');
        const bool linked = norm(at + 1) == "is" || norm(at + 1) == "are";
        const bool own = before(at) == "its" || before(at) == "the" || before(at) == "and";
        return colon || (plural && !never_a_name(norm(at + 1))) || (linked && own) ||
               (plural && linked);
    }

    /// Names between commas; what stands in brackets is skipped. An arrow leads to the outputs.
    void read_list(std::size_t open) {
        std::optional<PortDirection> direction = direction_word(norm(open));
        std::size_t at = open + 1;
        std::vector<Found> items;
        while (at < tokens_.size()) {
            const std::string_view word = norm(at);
            if (word == ":" || word == "," || word == "and" || word == "are" || word == "is" ||
                word == "/" || word == "the") {
                ++at;
            } else if (word == "-" && norm(at + 1) == ">") {
                for (const Found& item : items) take(item.at, PortDirection::Input);
                items.clear();
                direction = PortDirection::Output;
                at += 2;
            } else if (!read_item(at, direction, items)) {
                break;
            }
        }
        for (const Found& item : items) {
            take(item.at,
                 item.port.direction_said ? std::optional(item.port.direction) : direction);
        }
    }

    /// One name with its width and direction; the cursor goes behind it. False: this is none.
    bool read_item(std::size_t& at, std::optional<PortDirection> direction,
                   std::vector<Found>& items) const {
        std::size_t look = at;
        Found item;
        item.port.direction_said = false;
        while (norm(look) == "a" || norm(look) == "an") ++look;
        look = behind_bits(look);
        if (!direction && leads(look)) say(norm(look++), item.port);
        look = behind_range(look);
        if (look >= tokens_.size() || !could_be_name(look)) return false;
        item.at = look;
        look = behind_range(look + 1);
        if (!direction && look < tokens_.size() && tokens_[look].is_word) {
            say(norm(look), item.port);
            if (item.port.direction_said) ++look;
        }
        if (norm(look) == "(") look = read_bracket(look, item.port);
        if (norm(look) == "of" && bits_at(look + 1)) look = behind_bits(look + 1);
        if (!closes_item(look)) return false;
        at = look;
        items.push_back(std::move(item));
        // A semicolon is a sentence's end here: the list may go on with the outputs.
        return true;
    }
    [[nodiscard]] std::size_t behind_bits(std::size_t at) const {
        if (!bits_at(at)) return at;
        return norm(at + 1) == "-" ? at + 3 : at + 2;
    }
    [[nodiscard]] std::size_t behind_range(std::size_t at) const {
        return range_at(at) ? at + 5 : at;
    }
    /// A direction in front of a name.
    [[nodiscard]] bool leads(std::size_t at) const {
        return at + 1 < tokens_.size() && direction_word(norm(at)) && could_be_name(at + 1);
    }
    static void say(std::string_view word, SpecPort& port) {
        const auto direction = direction_word(word);
        if (!direction) return;
        port.direction = *direction;
        port.direction_said = true;
    }
    /// "(input, 8 bits)"; the place behind it.
    [[nodiscard]] std::size_t read_bracket(std::size_t open, SpecPort& port) const {
        say(norm(open + 1), port);
        std::size_t at = open;
        while (at < tokens_.size() && norm(at) != ")") ++at;
        return at + 1;
    }
    [[nodiscard]] bool closes_item(std::size_t at) const {
        return at >= tokens_.size() || !tokens_[at].is_word || norm(at) == "and" ||
               direction_word(norm(at));
    }

    const std::vector<SpecToken>& tokens_;
    const MentionHints& hints_;
    MentionKind kind_;
    std::vector<Found> found_;
};

}  // namespace

bool is_no_english(const SpecToken& token) {
    constexpr auto kShort = std::to_array<std::string_view>(
        {"addr", "areset", "aresetn", "arst",   "btn",    "ce",   "cen",   "ck",     "clk",
         "clr",  "clrn",   "cnt",     "deq",    "din",    "dout", "en",    "ena",    "enq",
         "func", "gnt",    "gnts",    "idata",  "inc",    "ld",   "nrst",  "nreset", "odata",
         "opa",  "opb",    "pdata",   "ptr",    "q",      "rd",   "rdata", "rden",   "ren",
         "req",  "reqs",   "reset_n", "resetn", "rst",    "rstn", "sdi",   "sdo",    "sel",
         "si",   "sig",    "sin",     "sout",   "sreset", "srst", "tx",    "txd",    "wdata",
         "wen",  "wr",     "wren",    "zf"});
    const std::string& raw = token.raw;
    if (!token.is_word || token.number || !is_simple_identifier(raw)) return false;
    if (raw != to_lower(raw)) return false;
    const bool clock_or_reset =
        raw.find("clk") != std::string::npos || raw.find("rst") != std::string::npos;
    const bool word = raw.find("first") != std::string::npos ||
                      raw.find("burst") != std::string::npos || raw == "worst" || raw == "thirst";
    if (clock_or_reset && !word) return true;
    return raw.find('_') != std::string::npos ||
           raw.find_first_of("0123456789") != std::string::npos ||
           std::ranges::find(kShort, raw) != kShort.end();
}

std::vector<SpecPort> ports_of_mentions(const std::vector<SpecToken>& tokens,
                                        const MentionHints& hints, MentionKind kind) {
    return MentionReader(tokens, hints, kind).run();
}

}  // namespace rtlgen::datasets

// SPDX-License-Identifier: Apache-2.0
// Ports of a specification that are named in lists, tables and prose.
#include <algorithm>
#include <array>
#include <cctype>

#include "core/base/text.h"
#include "datasets/retrieval/spec_interface.h"

namespace rtlgen::datasets {
namespace {

std::optional<PortDirection> direction_word(std::string_view norm) {
    if (norm == "input" || norm == "in") return PortDirection::Input;
    if (norm == "output" || norm == "out") return PortDirection::Output;
    if (norm == "inout") return PortDirection::Inout;
    return std::nullopt;
}

bool is_name(const SpecToken& token) { return token.is_word && is_simple_identifier(token.raw); }

/// Words that follow "input" in a sentence but are no names.
bool is_prose_word(const SpecToken& token) {
    constexpr auto kWords = std::to_array<std::string_view>(
        {"asserted",     "deasserted", "high",   "low",    "active", "registered", "synchronous",
         "asynchronous", "set",        "all",    "both",

         "is",           "are",        "should", "signal", "port",   "the",        "to",
         "of",           "and",        "or",     "a",      "an",     "value",      "has",
         "bit",          "was",        "when",   "with",   "for",    "at",         "as",
         "line",         "from",       "width",  "side",   "edge",   "may",        "can",
         "will",         "must",       "that",   "which",  "have",   "vector"});
    return !token.quoted && std::ranges::find(kWords, token.norm) != kWords.end();
}

/// The word "a" as a name: nothing that it could be an article of follows.
bool is_name_a(const std::vector<SpecToken>& tokens, std::size_t at) {
    if (tokens[at].raw != "a") return false;
    return at + 1 >= tokens.size() || !tokens[at + 1].is_word || tokens[at + 1].norm == "and";
}

bool is_type_word(std::string_view norm) {
    return norm == "wire" || norm == "reg" || norm == "logic" || norm == "signed" ||
           norm == "unsigned" || norm == "bit";
}

/// A cursor over the tokens of a line or a sentence.
struct Cursor {
    const std::vector<SpecToken>& tokens;
    std::size_t at = 0;

    [[nodiscard]] bool done() const { return at >= tokens.size(); }
    [[nodiscard]] std::string_view norm(std::size_t ahead = 0) const {
        return at + ahead < tokens.size() ? std::string_view(tokens[at + ahead].norm)
                                          : std::string_view();
    }
    [[nodiscard]] std::optional<std::int64_t> number(std::size_t ahead = 0) const {
        return at + ahead < tokens.size() ? tokens[at + ahead].number : std::nullopt;
    }
    /// `[7:0]`; the cursor goes behind it.
    std::optional<int> range() {
        if (norm() != "[" || !number(1) || norm(2) != ":" || !number(3) || norm(4) != "]") {
            return std::nullopt;
        }
        const std::int64_t width = *number(1) - *number(3) + 1;
        at += 5;
        return width >= 1 && width <= 65536 ? std::optional(static_cast<int>(width)) : std::nullopt;
    }
    /// `8 bits`, `8-bit`; the cursor stays.
    [[nodiscard]] std::optional<int> bits(std::size_t ahead = 0) const {
        if (!number(ahead) || *number(ahead) < 1 || *number(ahead) > 65536) return std::nullopt;
        const std::size_t unit = norm(ahead + 1) == "-" ? ahead + 2 : ahead + 1;
        if (norm(unit) != "bit") return std::nullopt;
        return static_cast<int>(*number(ahead));
    }
};

/// The width that a text speaks of: a range, a number of bits.
std::optional<int> width_in(const std::vector<SpecToken>& tokens, std::size_t from,
                            std::size_t until) {
    Cursor cursor{tokens, from};
    for (; cursor.at < std::min(until, tokens.size()); ++cursor.at) {
        if (const auto width = cursor.bits()) return width;
        Cursor look = cursor;
        if (const auto width = look.range()) return width;
        if (cursor.norm() == "single" && (cursor.norm(1) == "bit" || cursor.norm(2) == "bit")) {
            return 1;
        }
    }
    return std::nullopt;
}

/// A list of names, each with what stands in brackets behind it, up to what is no name.
void names_after(Cursor& cursor, PortDirection direction, std::optional<int> width,
                 std::vector<SpecPort>& ports) {
    while (!cursor.done()) {
        if (const auto range = cursor.range()) {
            width = range;
            continue;
        }
        if (cursor.done() || !is_name(cursor.tokens[cursor.at]) ||
            is_prose_word(cursor.tokens[cursor.at]) || direction_word(cursor.norm())) {
            // `in` and `out` are names too, behind a direction.
            const bool named = !cursor.done() && (cursor.norm() == "in" || cursor.norm() == "out" ||
                                                  is_name_a(cursor.tokens, cursor.at));
            if (!named) return;
        }
        SpecPort port{cursor.tokens[cursor.at].raw, direction, width, "", ""};
        ++cursor.at;
        if (const auto range = cursor.range()) port.width = range;
        if (cursor.norm() == "(") {
            const std::size_t begin = cursor.at + 1;
            while (!cursor.done() && cursor.norm() != ")") ++cursor.at;
            if (const auto bits = width_in(cursor.tokens, begin, cursor.at)) port.width = bits;
            for (std::size_t k = begin; k < cursor.at && k < cursor.tokens.size(); ++k) {
                port.description += cursor.tokens[k].raw + " ";
            }
            ++cursor.at;
        } else if (cursor.norm() == "with" && cursor.bits(1)) {
            port.width = cursor.bits(1);
            cursor.at += 3;
        }
        ports.push_back(std::move(port));
        if (cursor.norm() != "," && cursor.norm() != "and") return;
        while (cursor.norm() == "," || cursor.norm() == "and") ++cursor.at;
    }
}

std::string joined_raw(const std::vector<SpecToken>& tokens, std::size_t from) {
    std::string text;
    for (std::size_t k = from; k < tokens.size(); ++k) text += tokens[k].raw + " ";
    return text;
}

/// A row of a table: a cell with the direction, one with the name, maybe one with the width.
std::optional<SpecPort> table_row(std::string_view line) {
    std::optional<PortDirection> direction;
    SpecPort port;
    for (std::string_view cell : split(line, '|')) {
        const std::string plain(trim(replace_all(std::string(trim(cell)), "`", "")));
        if (plain.empty()) continue;
        const auto tokens = tokenize_spec(plain);
        if (!direction && !port.name.empty() && direction_word(to_lower(plain))) {
            direction = direction_word(to_lower(plain));
        } else if (port.name.empty()) {
            Cursor cursor{tokens};
            const bool range_first = cursor.range().has_value();
            if (range_first || tokens.empty() || !is_name(tokens.front())) return std::nullopt;
            port.name = tokens.front().raw;
            port.width = width_in(tokens, 1, tokens.size());
        } else if (!port.width && (parse_int(plain) || width_in(tokens, 0, 3))) {
            port.width =
                parse_int(plain)
                    ? static_cast<int>(std::clamp<std::int64_t>(*parse_int(plain), 1, 65536))
                    : *width_in(tokens, 0, 3);
        } else {
            port.description += plain + " ";
        }
    }
    if (!direction || port.name.empty()) return std::nullopt;
    port.direction = *direction;
    return port;
}

/// Reads a specification line by line.
class LineReader {
public:
    std::vector<SpecPort> read(std::string_view text) {
        for (const std::string_view line : split_lines(text)) read_line(line);
        return std::move(ports_);
    }

private:
    void read_line(std::string_view raw_line) {
        const std::string_view line = trim(raw_line);
        if (line.empty()) return;
        if (line.front() == '|') {
            if (auto port = table_row(line)) add(std::move(*port));
            return;
        }
        const std::size_t content = line.find_first_not_of("-*+# \t");
        if (content == std::string_view::npos) return;
        const bool item = content > 0;
        const auto tokens = tokenize_spec(replace_all(std::string(line.substr(content)), "*", ""));
        if (tokens.empty()) return;
        if (section(tokens)) return;
        if (direction_first(tokens, item)) return;
        if (name_first(tokens, item)) return;
        if (!item) section_.reset();
        list_inside(tokens);
    }

    void add(SpecPort port) {
        const bool known = std::ranges::any_of(
            ports_, [&](const SpecPort& other) { return other.name == port.name; });
        if (!known) ports_.push_back(std::move(port));
    }
    void add_all(std::vector<SpecPort> found) {
        for (SpecPort& port : found) add(std::move(port));
    }

    /// "Inputs:", "Output ports" alone on a line.
    bool section(const std::vector<SpecToken>& tokens) {
        const auto direction = direction_word(tokens.front().norm);
        if (!direction || tokens.front().norm == "in" || tokens.front().norm == "out") return false;
        for (std::size_t k = 1; k < tokens.size(); ++k) {
            const std::string& norm = tokens[k].norm;
            if (norm != ":" && norm != "port" && norm != "signal" && norm != ".") return false;
        }
        section_ = direction;
        return true;
    }

    /// `- input [7:0] data`, `Inputs: clk, rst`.
    bool direction_first(const std::vector<SpecToken>& tokens, bool item) {
        const auto direction = direction_word(tokens.front().norm);
        const bool full_word = tokens.front().norm != "in" && tokens.front().norm != "out";
        if (!direction || !full_word || tokens.front().quoted) return false;
        Cursor cursor{tokens, 1};
        bool listed = item;
        while (cursor.norm() == ":" || cursor.norm() == "are" || is_type_word(cursor.norm())) {
            listed = true;
            ++cursor.at;
        }
        const auto range = cursor.range();
        const auto bits = cursor.bits();
        if (bits) cursor.at += cursor.norm(1) == "-" ? 3U : 2U;
        std::vector<SpecPort> found;
        names_after(cursor, *direction, range ? range : bits, found);
        if (found.empty()) return false;
        const bool plain = listed || range || tokens[1].quoted || cursor.done() || found.size() > 1;
        if (!plain) return false;
        if (found.size() == 1) {
            found.front().description += joined_raw(tokens, cursor.at);
            if (!found.front().width) {
                found.front().width =
                    width_in(tokens, cursor.at, std::min(cursor.at + 5, tokens.size()));
            }
        }
        add_all(std::move(found));
        while (!cursor.done()) {  // "Inputs are a, b. Outputs are c."
            if (direction_word(cursor.norm()) &&
                (cursor.norm(1) == "are" || cursor.norm(1) == ":")) {
                list_from(cursor);
            } else {
                ++cursor.at;
            }
        }
        return true;
    }

    /// "`clk`: input", "data (input, 8 bits): ...", and items of a section.
    bool name_first(const std::vector<SpecToken>& tokens, bool item) {
        if (!is_name(tokens.front())) return false;
        Cursor cursor{tokens, 1};
        const auto range = cursor.range();
        // "clk: the clock" below "Input ports:".
        const bool in_section = section_ && cursor.norm() == ":" && cursor.at + 1 < tokens.size();
        // "clk : input, the clock", "clk - clock input"
        const bool declared = cursor.norm() == ":" || cursor.norm() == "-";
        if (!item && !in_section && !declared && !tokens.front().quoted) return false;
        std::optional<PortDirection> direction;
        for (std::size_t k = cursor.at; k < std::min(cursor.at + 5, tokens.size()); ++k) {
            const bool bracketed = tokens[k - 1].norm == "(" && k + 1 < tokens.size() &&
                                   tokens[k + 1].norm == ")";  // "(in)"
            if (direction_word(tokens[k].norm) && (tokens[k].norm.size() > 3 || bracketed)) {
                direction = direction_word(tokens[k].norm);
                break;
            }
        }
        const bool separated = cursor.norm() == ":" || cursor.norm() == "(" ||
                               cursor.norm() == "-" || cursor.norm() == "," || cursor.done() ||
                               range;
        const bool said_next = cursor.at < tokens.size() &&
                               (direction_word(cursor.norm()) || direction_word(cursor.norm(1)));
        if (!separated && !(direction && tokens.front().quoted && said_next)) return false;
        if (!direction && (item || in_section)) direction = section_;
        if (!direction) return false;
        SpecPort port{tokens.front().raw, *direction, range, "", joined_raw(tokens, 1)};
        if (!port.width) port.width = width_in(tokens, 1, std::min<std::size_t>(tokens.size(), 10));
        add(std::move(port));
        return true;
    }

    /// "... Inputs are clk, send and data[6:0]. Outputs are tx."
    void list_inside(const std::vector<SpecToken>& tokens) {
        Cursor cursor{tokens};
        while (!cursor.done()) {
            const std::string_view norm = cursor.norm();
            const std::string_view before =
                cursor.at > 0 ? std::string_view(tokens[cursor.at - 1].norm) : std::string_view();
            const bool spoken_of = before == "the" || before == "all" || before == "both";
            const bool many =
                tokens[cursor.at].raw.ends_with('s') || before.empty() || before == ".";
            if ((norm == "input" || norm == "output") && many && !spoken_of &&
                (cursor.norm(1) == "are" || cursor.norm(1) == ":")) {
                list_from(cursor);
            } else {
                ++cursor.at;
            }
        }
    }

    void list_from(Cursor& cursor) {
        const auto direction = direction_word(cursor.norm());
        ++cursor.at;
        while (cursor.norm() == "are" || cursor.norm() == ":") ++cursor.at;
        std::vector<SpecPort> found;
        if (direction) names_after(cursor, *direction, std::nullopt, found);
        // "output: one clock after" is a sentence, "Outputs: tx and busy." a list.
        const bool goes_on = !cursor.done() && cursor.tokens[cursor.at].is_word && cursor.at > 0 &&
                             cursor.tokens[cursor.at - 1].is_word && !direction_word(cursor.norm());
        if (!goes_on) add_all(std::move(found));
    }

    std::vector<SpecPort> ports_;
    std::optional<PortDirection> section_;
};

}  // namespace

namespace {

/// A line such as "`clk`: input" or "- input clk"; others go on with the sentence before.
bool begins_item(std::string_view line) {
    constexpr std::string_view kItem = "-*#|+";
    if (line.empty() || kItem.find(line.front()) != std::string_view::npos) return true;
    const std::string lower = to_lower(line);
    if (direction_word(lower.substr(0, lower.find(' ')))) return true;
    if (lower.starts_with("inputs") || lower.starts_with("outputs")) return true;
    const std::size_t name = line.find_first_of(" :[");
    if (name != std::string_view::npos && is_simple_identifier(line.substr(0, name)) &&
        trim(line.substr(name)).find_first_of(":[") == 0) {
        return true;
    }
    if (line.front() != '`') return false;
    const std::size_t close = line.find('`', 1);
    if (close == std::string_view::npos) return false;
    const std::string_view rest = trim(line.substr(close + 1));
    constexpr std::string_view kSeparators = ":(-,[";
    return !rest.empty() && kSeparators.find(rest.front()) != std::string_view::npos;
}

}  // namespace

std::vector<SpecPort> ports_of_lines(std::string_view text) {
    // A sentence that goes on in the next line is one line here.
    std::string unwrapped;
    for (const std::string_view line : split_lines(text)) {
        const std::string_view content = trim(line);
        const bool begins = begins_item(content);
        unwrapped += begins ? "\n" : " ";
        unwrapped += content;
        const bool heading = content.starts_with('#') || content.ends_with(':');
        if (heading) unwrapped += "\n";
    }
    return LineReader().read(unwrapped);
}

std::vector<SpecPort> ports_of_prose(const std::vector<SpecToken>& tokens,
                                     std::string_view module_name) {
    std::vector<SpecPort> ports;
    std::optional<PortDirection> direction;
    std::size_t since = 0;
    for (std::size_t k = 0; k < tokens.size(); ++k) {
        const SpecToken& token = tokens[k];
        if (token.norm == ".") {
            direction.reset();
        } else if (!token.quoted && (token.norm == "input" || token.norm == "output")) {
            direction = direction_word(token.norm);
            since = k;
        } else if (token.quoted && is_name(token) && token.raw != module_name) {
            std::optional<PortDirection> here = direction;
            const std::string& before = k > 0 ? tokens[k - 1].norm : token.norm;
            if (before == "clock" || before == "reset") here = PortDirection::Input;
            if (!here) continue;
            const bool known = std::ranges::any_of(
                ports, [&](const SpecPort& port) { return port.name == token.raw; });
            if (known) continue;
            SpecPort port{token.raw, *here, std::nullopt, "", ""};
            Cursor cursor{tokens, k + 1};
            port.width = cursor.range();
            if (!port.width && cursor.norm() == "(") {
                port.width = width_in(tokens, k + 1, k + 7);
                for (std::size_t d = k + 2; d < tokens.size() && tokens[d].norm != ")"; ++d) {
                    port.description += tokens[d].raw + " ";
                }
            }
            if (!port.width && cursor.norm() == "with") port.width = cursor.bits(1);
            if (!port.width)
                port.width = width_in(tokens, k > since + 5 ? k : (since > 3 ? since - 3 : 0), k);
            ports.push_back(std::move(port));
        }
    }
    return ports;
}

}  // namespace rtlgen::datasets

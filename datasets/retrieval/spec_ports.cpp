// SPDX-License-Identifier: Apache-2.0
// Ports of a specification that are named in lists, tables and prose.
#include <algorithm>

#include "core/base/text.h"
#include "datasets/retrieval/item_lines.h"
#include "datasets/retrieval/name_list.h"
#include "datasets/retrieval/port_cursor.h"
#include "datasets/retrieval/spec_interface.h"

namespace rtlgen::datasets {
namespace {

std::string joined_raw(const std::vector<SpecToken>& tokens, std::size_t from) {
    std::string text;
    for (std::size_t k = from; k < tokens.size(); ++k) text += tokens[k].raw + " ";
    return text;
}

/// The direction that a cell says: also "I", "O", "inp.".
std::optional<PortDirection> cell_direction(std::string_view cell) {
    if (cell == "i" || cell == "inp" || cell == "in." || cell == "inp.") {
        return PortDirection::Input;
    }
    if (cell == "o" || cell == "outp" || cell == "out." || cell == "outp.") {
        return PortDirection::Output;
    }
    return port_direction(cell);
}

/// A row of a table: a cell with the direction, one with the name, maybe one with the width.
std::optional<SpecPort> table_row(std::string_view line) {
    std::optional<PortDirection> direction;
    SpecPort port;
    for (std::string_view cell : split(line, '|')) {
        const std::string plain(trim(replace_all(std::string(trim(cell)), "`", "")));
        if (plain.empty()) continue;
        const auto tokens = tokenize_spec(plain);
        if (!direction && !port.name.empty() && cell_direction(to_lower(plain))) {
            direction = cell_direction(to_lower(plain));
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
        // "## Functions" is a title, "## `data`" a port.
        const bool title =
            line.front() == '#' && !tokens.front().quoted && !is_no_english(tokens.front());
        if (title) section_.reset();
        if (!title && name_first(tokens, item)) return;
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
        const auto direction = port_direction(tokens.front().norm);
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
        const auto direction = port_direction(tokens.front().norm);
        const bool full_word = tokens.front().norm != "in" && tokens.front().norm != "out";
        if (!direction || !full_word || tokens.front().quoted) return false;
        Cursor cursor{tokens, 1};
        bool listed = item;
        while (is_copula(cursor.norm()) || is_type_word(cursor.norm())) {
            listed = true;
            ++cursor.at;
        }
        const auto range = cursor.range();
        const auto bits = cursor.bits();
        if (bits) cursor.at += cursor.norm(1) == "-" ? 3U : 2U;
        std::vector<SpecPort> found = names_after(cursor, *direction, range ? range : bits);
        if (found.empty()) return false;
        // "outputs are taken from the registers" is a sentence.
        const bool goes_on = listed && !item && !cursor.done() && found.size() == 1 &&
                             !found.front().width && cursor.tokens[cursor.at].is_word &&
                             cursor.tokens[cursor.at - 1].is_word &&
                             !cursor.tokens[cursor.at - 1].quoted;
        if (goes_on) return false;
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
        while (!cursor.done()) {  // "Inputs are a, b. Outputs are c.", "inputs `a`, output `c`"
            const bool quoted_name = cursor.at + 1 < tokens.size() &&
                                     tokens[cursor.at + 1].quoted &&
                                     is_name(tokens[cursor.at + 1]) && !tokens[cursor.at].quoted;
            if (port_direction(cursor.norm()) && (is_copula(cursor.norm(1)) || quoted_name)) {
                list_from(cursor);
            } else {
                ++cursor.at;
            }
        }
        return true;
    }

    /// "(in, 8)", ", input, 8,": a number that closes a list of attributes is a width.
    static std::optional<int> bare_width(const std::vector<SpecToken>& tokens, std::size_t from) {
        for (std::size_t k = from + 1; k + 2 < tokens.size() && k < from + 4; ++k) {
            if (!port_direction(tokens[k].norm) || tokens[k + 1].norm != ",") continue;
            const auto& number = tokens[k + 2].number;
            const std::string next = k + 3 < tokens.size() ? tokens[k + 3].norm : ")";
            const bool closed = next == ")" || next == ",";
            if (number && closed && *number >= 1 && *number <= 65536) {
                return static_cast<int>(*number);
            }
        }
        return std::nullopt;
    }

    /// The direction that the words from `from` on say: ": input", "(in, 8)", "- the count, out";
    /// `from` > 0.
    static std::optional<PortDirection> direction_near(const std::vector<SpecToken>& tokens,
                                                       std::size_t from) {
        constexpr std::size_t kReach = 5;
        constexpr std::size_t kReachOfAttribute = 16;
        const auto ends = [&](std::size_t k) {
            return k >= tokens.size() || tokens[k].norm == ")" || tokens[k].norm == "," ||
                   tokens[k].norm == ".";
        };
        for (std::size_t k = from; k < std::min(from + kReachOfAttribute, tokens.size()); ++k) {
            if (tokens[k].norm == ".") return std::nullopt;
            const auto direction = port_direction(tokens[k].norm);
            if (!direction) continue;
            const bool attribute = tokens[k - 1].norm == "," && ends(k + 1);
            if (attribute && !tokens[k].raw.ends_with('s')) return direction;
            if (k >= from + kReach) continue;
            if (tokens[k].raw.ends_with('s')) return std::nullopt;            // "inputs": of others
            const bool bracketed = tokens[k - 1].norm == "(" && ends(k + 1);  // "(in)", "(in, 8)"
            if (tokens[k].norm.size() > 3 || bracketed) return direction;
        }
        return std::nullopt;
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
        std::optional<PortDirection> direction = direction_near(tokens, cursor.at);
        const bool separated = cursor.norm() == ":" || cursor.norm() == "(" ||
                               cursor.norm() == "-" || cursor.norm() == "," || cursor.done() ||
                               range;
        const bool said_next = cursor.at < tokens.size() &&
                               (port_direction(cursor.norm()) || port_direction(cursor.norm(1)));
        if (!separated && !(direction && tokens.front().quoted && said_next)) return false;
        if (!direction && (item || in_section)) direction = section_;
        if (!direction) return false;
        SpecPort port{tokens.front().raw, *direction, range, "", joined_raw(tokens, 1)};
        if (!port.width) port.width = bare_width(tokens, cursor.at);
        // A direction that closes the description has the width before it.
        constexpr std::size_t kNear = 10;
        constexpr std::size_t kFar = 14;
        const bool late =
            !said_next &&
            !port_direction(tokens[std::min<std::size_t>(cursor.at + 2, tokens.size() - 1)].norm);
        const std::size_t until = late ? kFar : kNear;
        if (!port.width) port.width = width_in(tokens, 1, std::min(tokens.size(), until));
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
            const bool direction = norm == "input" || norm == "output";
            if (direction && (many || names_width(cursor, 2)) &&
                (!spoken_of || names_width(cursor, 2)) && is_copula(cursor.norm(1))) {
                list_from(cursor);
            } else if (direction && list_with_attributes(cursor)) {
                continue;
            } else {
                ++cursor.at;
            }
        }
    }

    /// Whether a name with its width in brackets stands `ahead`: "the output is may (6 bits)".
    static bool names_width(const Cursor& cursor, std::size_t ahead) {
        Cursor look{cursor.tokens, cursor.at + ahead};
        if (look.done() || !is_name(look.tokens[look.at])) return false;
        if (look.norm(1) == "(") return look.bits(2).has_value();
        ++look.at;
        return look.range().has_value();
    }

    /// "three inputs of one bit: a, b and c", "one output of four bits with the name y"; the cursor
    /// goes behind the names.
    bool list_with_attributes(Cursor& cursor) {
        constexpr std::size_t kReach = 9;
        const auto direction = port_direction(cursor.norm());
        const std::size_t begin = cursor.at + 1;
        for (std::size_t k = begin; k < std::min(begin + kReach, cursor.tokens.size()); ++k) {
            const std::string& norm = cursor.tokens[k].norm;
            if (norm == "." || norm == "," || port_direction(norm)) return false;
            const bool list = norm == ":" && k > begin;
            const bool named = norm == "named" || norm == "called" || norm == "name";
            if (!list && !named) continue;
            Cursor names{cursor.tokens, k + 1};
            std::vector<SpecPort> found =
                names_after(names, *direction, width_in(cursor.tokens, begin, k));
            const bool ends = names.done() || !names.tokens[names.at].is_word ||
                              names.tokens[names.at].norm == "with" || named;
            if (found.empty() || !ends) return false;
            add_all(std::move(found));
            cursor.at = names.at;
            return true;
        }
        return false;
    }

    void list_from(Cursor& cursor) {
        const auto direction = port_direction(cursor.norm());
        ++cursor.at;
        while (is_copula(cursor.norm())) ++cursor.at;
        std::vector<SpecPort> found;
        if (direction) found = names_after(cursor, *direction, std::nullopt);
        // "output: one clock after" is a sentence, "Outputs: tx and busy." a list.
        const bool goes_on = !cursor.done() && cursor.tokens[cursor.at].is_word && cursor.at > 0 &&
                             cursor.tokens[cursor.at - 1].is_word && !port_direction(cursor.norm());
        if (!goes_on) add_all(std::move(found));
    }

    std::vector<SpecPort> ports_;
    std::optional<PortDirection> section_;
};

}  // namespace

std::vector<SpecPort> ports_of_lines(std::string_view text) {
    return LineReader().read(unwrapped_lines(text));
}

}  // namespace rtlgen::datasets

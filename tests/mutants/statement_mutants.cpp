// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <set>

#include "tests/mutants/code_mutants.h"
#include "tests/mutants/code_words.h"

namespace rtlgen::test {
namespace {

class StatementMutator {
public:
    explicit StatementMutator(const std::string& code)
        : code_(code), words_(code), reads_(words_.size(), false) {
        find_assignments();
        find_reads();
    }

    std::vector<CodeMutant> all() {
        for (const Assignment& assignment : assignments_) change_assignment(assignment);
        for (std::size_t i = words_.body(); i < words_.size(); ++i) {
            if (words_.is(i, "@")) change_events(i);
            if (words_.is(i, "always_comb")) make_sensitive(i, i, i + 1);
            if (words_.is(i, "if")) change_condition(i);
            if (words_.is(i, "else")) add("dropped branch", i, words_.statement_end(i + 1), "");
            if (words_.is(i, "case") || words_.is(i, "casez") || words_.is(i, "casex")) {
                change_case(i);
            }
            if (words_.is(i, "initial")) add("initial", i, words_.statement_end(i + 1), "");
            change_declaration(i);
            change_number(i);
            if (reads_[i]) change_expression(i);
        }
        return std::move(mutants_);
    }

private:
    /// An `=` or `<=` that assigns, and the first and last word of what it assigns.
    struct Assignment {
        std::size_t sign;
        std::size_t first;
        std::size_t last;
    };

    void add(const char* operation, std::size_t first, std::size_t last, const std::string& text) {
        if (first > last || last >= words_.size()) return;
        const rtl::Token& begin = words_.at(first);
        const std::string old = words_.text(first, last);
        if (old == text) return;
        std::string changed = code_;
        changed.replace(begin.offset, old.size(), text);
        const auto shown = [](const std::string& part) {
            constexpr std::size_t kMost = 60;
            std::string line = part.substr(0, kMost);
            std::ranges::replace(line, '\n', ' ');
            return line.empty() ? "nothing" : line;
        };
        mutants_.push_back(
            {"line " + std::to_string(begin.line) + ": " + shown(old) + " becomes " + shown(text),
             std::move(changed), operation});
    }

    /// In a statement the first of these outside of brackets; constants of the module aren't asked.
    void find_assignments() {
        int depth = 0;
        bool open = true;
        for (std::size_t i = words_.body(); i < words_.size(); ++i) {
            const auto is = [&](std::string_view word) { return words_.is(i, word); };
            if (is("(") || is("[") || is("{")) ++depth;
            if (is(")") || is("]") || is("}")) --depth;
            if (is(";") || is("begin") || is("end") || is("else")) open = true;
            if (is("localparam") || is("parameter")) open = false;
            if (depth != 0 || !open || !(is("=") || is("<="))) continue;
            const std::size_t end = words_.expression_end(i + 1, ",");
            open = words_.is(end, ",") && !words_.is_procedural(i);
            if (end > i + 1 && end < words_.size()) assignments_.push_back({i, i + 1, end - 1});
        }
    }

    void find_reads() {
        for (const Assignment& assignment : assignments_) {
            for (std::size_t i = assignment.first; i <= assignment.last; ++i) reads_[i] = true;
        }
        for (std::size_t i = words_.body(); i < words_.size(); ++i) {
            if (!words_.is(i, "if") && !words_.is(i, "case")) continue;
            const std::size_t end = words_.closing(i + 1);
            for (std::size_t k = i + 2; k < end; ++k) reads_[k] = true;
        }
        std::set<std::string_view> seen;
        for (std::size_t i = 0; i < words_.size(); ++i) {
            const bool value = reads_[i] && words_.is_name(i) && !words_.is(i + 1, "(");
            if (value && seen.insert(words_.at(i).text).second) {
                names_.emplace_back(words_.at(i).text);
            }
        }
    }

    void change_assignment(const Assignment& assignment) {
        const auto [sign, first, last] = assignment;
        const std::string value = "(" + words_.text(first, last) + ")";
        add("stuck bit", first, last, value + " | 1'b1");
        add("stuck bit", first, last, value + " & ~1'b1");
        add("stuck bit", first, last, "(" + value + " << 1) >> 1");
        add("inverted", first, last, "~" + value);
        add("off by one", first, last, value + " + 1'b1");
        if (!words_.is_procedural(sign)) return;
        add("blocking", sign, sign, words_.is(sign, "=") ? "<=" : "=");
        if (words_.is(sign, "=")) add("dropped assignment", target_begin(sign), last, "");
    }

    /// The first word of what is assigned to.
    [[nodiscard]] std::size_t target_begin(std::size_t sign) const {
        int depth = 0;
        std::size_t i = sign - 1;
        for (; i > 0; --i) {
            if (words_.is(i, "]") || words_.is(i, "}")) ++depth;
            if (words_.is(i, "[") || words_.is(i, "{")) --depth;
            if (depth == 0 && !words_.is(i, "[")) break;
        }
        return i;
    }

    /// A reset becomes synchronous or asynchronous; a sensitivity list loses what it lists.
    void change_events(std::size_t at) {
        if (words_.is(at + 1, "*")) return make_sensitive(at, at + 1, at + 2);
        if (!words_.is(at + 1, "(")) return;
        const std::size_t end = words_.closing(at + 1);
        if (words_.is(at + 2, "*")) return make_sensitive(at, end, end + 1);
        std::size_t cut = at + 2;
        while (cut < end && !words_.is(cut, "or") && !words_.is(cut, ",")) ++cut;
        if (cut < end) {
            add("events", cut, end - 1, "");
            add("events", at + 2, cut, "");
            return;
        }
        std::size_t condition = end + 1;
        while (condition < words_.statement_end(end + 1) && !words_.is(condition, "if"))
            ++condition;
        std::size_t name = condition + 2;
        while (words_.is(name, "!") || words_.is(name, "~") || words_.is(name, "(")) ++name;
        if (!words_.is(condition, "if") || !words_.is_name(name)) return;
        const std::string events = words_.text(at + 2, end - 1) + " or ";
        const std::string reset(words_.at(name).text);
        add("events", at + 2, end - 1, events + "posedge " + reset);
        add("events", at + 2, end - 1, events + "negedge " + reset);
    }

    /// Logic that wakes up at its first input alone.
    void make_sensitive(std::size_t first, std::size_t last, std::size_t body) {
        const std::size_t end = words_.statement_end(body);
        for (std::size_t i = body; i < end; ++i) {
            if (!reads_[i] || !words_.is_name(i) || words_.is(i + 1, "(")) continue;
            const std::string events = "@(" + std::string(words_.at(i).text) + ")";
            const bool combined = words_.is(first, "always_comb");
            add("sensitivity", first, last, combined ? "always " + events : events);
            return;
        }
    }

    void change_condition(std::size_t at) {
        const std::size_t end = words_.closing(at + 1);
        add("condition", at + 1, end, "(1'b1)");
        add("condition", at + 1, end, "(1'b0)");
        // if (A) S else if (B) T: B is asked first.
        const std::size_t then = words_.statement_end(end + 1);
        if (!words_.is(then + 1, "else") || !words_.is(then + 2, "if")) return;
        const std::size_t second_end = words_.closing(then + 3);
        const std::size_t last = words_.statement_end(second_end + 1);
        add("priority", at + 1, last,
            words_.text(then + 3, last) + " else if " + words_.text(at + 1, then));
    }

    struct Item {
        std::size_t label;
        std::size_t colon;
        std::size_t last;
    };

    void change_case(std::size_t at) {
        const std::size_t end = words_.closing(at);
        std::vector<Item> items;
        for (std::size_t i = words_.closing(at + 1) + 1; i < end;) {
            const std::size_t colon = words_.expression_end(i, ":");
            if (!words_.is(colon, ":") || colon >= end) break;
            items.push_back({i, colon, words_.statement_end(colon + 1)});
            i = items.back().last + 1;
        }
        for (std::size_t k = 0; k < items.size(); ++k) {
            const Item& item = items[k];
            add("dropped case", item.label, item.last, "");
            if (k + 1 == items.size()) break;
            const Item& next = items[k + 1];
            add("swapped cases", item.label, next.last,
                words_.text(next.label, next.colon) + " " + words_.text(item.colon + 1, item.last) +
                    "\n" + words_.text(item.label, item.colon) + " " +
                    words_.text(next.colon + 1, next.last));
        }
    }

    /// reg [7:0]: one bit less, one more; signs.
    void change_declaration(std::size_t at) {
        if (words_.is(at, "signed")) add("sign", at, at, "");
        if (words_.is(at, "$signed")) add("sign", at, at, "$unsigned");
        if (!words_.is(at, "reg") && !words_.is(at, "wire") && !words_.is(at, "logic")) return;
        std::size_t range = at + 1;
        if (words_.is(range, "signed")) ++range;
        if (!words_.is(range, "[") || !words_.is(range + 2, ":")) return;
        const std::string high(words_.at(range + 1).text);
        add("width", range + 1, range + 1, high + "-1");
        add("width", range + 1, range + 1, high + "+1");
    }

    /// The first digit, as the last one is of word_mutants.h.
    void change_number(std::size_t at) {
        if (words_.at(at).kind != rtl::TokenKind::Number) return;
        std::string text(words_.at(at).text);
        const std::size_t quote = text.find('\'');
        if (quote == std::string::npos || text.size() < quote + 4) return;
        char& digit = text[quote + 2];
        if (digit == '0') {
            digit = '1';
        } else if (digit >= '1' && digit <= '9') {
            --digit;
        } else {
            return;
        }
        add("constant", at, at, text);
    }

    void change_expression(std::size_t at) {
        change_operator(at);
        if (words_.is(at, "?")) change_branches(at);
        if (words_.is(at, "{") && !words_.is(at + 2, "{")) change_concatenation(at);
        if (words_.is(at, "[")) change_index(at);
        if (words_.is_name(at)) change_name(at);
    }

    void change_operator(std::size_t at) {
        struct Swap {
            std::string_view from;
            const char* to;
        };
        static constexpr std::array<Swap, 16> kSwaps = {{{"<", "<="},
                                                         {"<=", "<"},
                                                         {">", ">="},
                                                         {">=", ">"},
                                                         {"==", ">="},
                                                         {"==", "<="},
                                                         {"+", "|"},
                                                         {"+", "^"},
                                                         {"-", "^"},
                                                         {"*", "-"},
                                                         {"&", "^"},
                                                         {"|", "^"},
                                                         {"^", "&"},
                                                         {"^", "~^"},
                                                         {"<<", "<<<1<<"},
                                                         {">>", ">>>1>>"}}};
        for (const Swap& swap : kSwaps) {
            if (words_.is(at, swap.from)) add("operator", at, at, swap.to);
        }
        if (!words_.is(at, "&&") && !words_.is(at, "||")) return;
        const std::size_t end = words_.expression_end(at + 1, "?:,");
        if (end > at) add("dropped operand", at, end - 1, "");
    }

    /// C ? A : B.
    void change_branches(std::size_t at) {
        int nested = 0;
        std::size_t colon = at + 1;
        for (int depth = 0; colon < words_.size(); ++colon) {
            if (words_.is(colon, "(") || words_.is(colon, "[") || words_.is(colon, "{")) ++depth;
            if (words_.is(colon, ")") || words_.is(colon, "]") || words_.is(colon, "}")) --depth;
            if (depth != 0) continue;
            if (words_.is(colon, "?")) ++nested;
            if (words_.is(colon, ":") && nested-- == 0) break;
            if (words_.is(colon, ";")) return;
        }
        const std::size_t end = words_.expression_end(colon + 1, ",:");
        if (end >= words_.size() || end <= colon + 1) return;
        const std::string then = "(" + words_.text(at + 1, colon - 1) + ")";
        const std::string otherwise = "(" + words_.text(colon + 1, end - 1) + ")";
        add("swapped branches", at + 1, end - 1, otherwise + " : " + then);
        add("branch", at + 1, end - 1, then + " : " + then);
        add("branch", at + 1, end - 1, otherwise + " : " + otherwise);
    }

    void change_concatenation(std::size_t at) {
        const std::size_t comma = words_.expression_end(at + 1, ",");
        if (!words_.is(comma, ",")) return;
        const std::size_t end = words_.expression_end(comma + 1, ",");
        if (end >= words_.size()) return;
        add("concatenation", at + 1, end - 1,
            words_.text(comma + 1, end - 1) + ", " + words_.text(at + 1, comma - 1));
    }

    void change_index(std::size_t at) {
        const std::size_t end = words_.closing(at);
        if (!words_.is_name(at - 1) || end == at + 1) return;
        for (std::size_t i = at; i < end; ++i) {
            if (words_.is(i, ":") || words_.is(i, "+:") || words_.is(i, "-:")) return;
        }
        add("index", at + 1, end - 1, "(" + words_.text(at + 1, end - 1) + ") + 1");
        add("index", at + 1, end - 1, "(" + words_.text(at + 1, end - 1) + ") - 1");
    }

    void change_name(std::size_t at) {
        const auto found = std::ranges::find(names_, words_.at(at).text);
        if (found == names_.end() || names_.size() < 2) return;
        const auto index = static_cast<std::size_t>(found - names_.begin());
        add("name", at, at, names_[(index + 1) % names_.size()]);
        add("name", at, at, names_[(index + names_.size() / 2) % names_.size()]);
    }

    const std::string& code_;
    CodeWords words_;
    std::vector<Assignment> assignments_;
    std::vector<bool> reads_;  ///< words of expressions that are read
    std::vector<std::string> names_;
    std::vector<CodeMutant> mutants_;
};

}  // namespace

std::vector<CodeMutant> statement_mutants(const std::string& code) {
    return StatementMutator(code).all();
}

}  // namespace rtlgen::test

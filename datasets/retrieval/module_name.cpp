// SPDX-License-Identifier: Apache-2.0
#include "datasets/retrieval/module_name.h"

#include <algorithm>
#include <array>
#include <map>

#include "core/base/text.h"
#include "datasets/retrieval/name_words.h"

namespace rtlgen::datasets {
namespace {

/// A name that prose wouldn't use as a word.
bool looks_like_name(const SpecToken& token) {
    if (!token.is_word || token.number || !is_simple_identifier(token.raw)) return false;
    return token.quoted || token.raw.find_first_of("_0123456789") != std::string::npos ||
           std::ranges::any_of(token.raw.substr(1), [](char c) { return c >= 'A' && c <= 'Z'; });
}

/// What leads to the name of a module.
bool is_lead(std::string_view norm) {
    constexpr auto kLead = std::to_array<std::string_view>(
        {"named", "called", "name", "module", "call", "spec", "block", "entity", "titled",
         "component", "unit", "design", "title", "ip", "core"});
    return one_of(norm, kLead);
}

/// What may stand between a lead and the name.
bool is_skipped(std::string_view norm) {
    constexpr auto kSkip = std::to_array<std::string_view>(
        {"is",      "the",   "it",  "module", "of",    "a",       ":",      "=",      "shall",
         "will",    "an",    "be",  "should", "must",  "name",    "*",      "called", "named",
         "verilog", ",",     "-",   "|",      "block", "arbiter", "entity", "top",    "please",
         "with",    "under", "has", "have",   "to",    "\"",      "'",      "design", "name"});
    return one_of(norm, kSkip);
}

class NameFinder {
public:
    explicit NameFinder(const std::vector<SpecToken>& tokens) : tokens_(tokens) {}

    std::string run() {
        for (std::size_t k = 0; k < tokens_.size(); ++k) {
            if (is_lead(tokens_[k].norm) && !tokens_[k].quoted) follow(k);
        }
        heading();
        const Vote* best = nullptr;
        for (const Vote& vote : votes_) {
            if (best == nullptr || vote.score > best->score) best = &vote;
        }
        return best == nullptr ? "" : spelling(best->name);
    }

private:
    struct Vote {
        std::string name;
        int score = 0;
    };
    [[nodiscard]] std::string_view norm(std::size_t at) const {
        return at < tokens_.size() ? std::string_view(tokens_[at].norm) : std::string_view(".");
    }

    /// "CYCLE_COUNT12" in a title in capitals is the `cycle_count12` of the text.
    [[nodiscard]] std::string spelling(const std::string& name) const {
        const auto has_small = [](const std::string& word) {
            return std::ranges::any_of(word, [](char c) { return c >= 'a' && c <= 'z'; });
        };
        if (has_small(name)) return name;
        const std::string lower = to_lower(name);
        std::map<std::string, int> counts;
        for (const SpecToken& token : tokens_) {
            if (!token.is_word || to_lower(token.raw) != lower) continue;
            if (!has_small(token.raw) && token.quoted) return name;
            if (has_small(token.raw)) ++counts[token.raw];
        }
        const auto most =
            std::ranges::max_element(counts, {}, [](const auto& one) { return one.second; });
        return most == counts.end() ? name : most->first;
    }

    void vote(const std::string& name, int score) {
        for (Vote& vote : votes_) {
            if (vote.name == name) {
                vote.score += score;
                return;
            }
        }
        votes_.push_back({name, score});
    }

    /// "one output called x", "reset (port name x)": a port has this name.
    [[nodiscard]] bool of_a_port(std::size_t lead) const {
        constexpr auto kPorts = std::to_array<std::string_view>(
            {"input", "output", "port", "signal", "reset", "clock", "flag", "bus", "pin", "enable",
             "parameter", "vector", "line", "which", "strobe", "operand", "other"});
        if (norm(lead) == "block" || norm(lead) == "unit") return false;
        for (std::size_t back = 1; back <= 5 && back <= lead; ++back) {
            const std::string_view word = norm(lead - back);
            if (word == "." || word == "," || word == "module") return false;
            if (one_of(word, kPorts)) return true;
        }
        return false;
    }

    /// Words that are said of other things too.
    static bool is_weak(std::string_view norm) {
        constexpr auto kWeak = std::to_array<std::string_view>(
            {"unit", "design", "ip", "core", "component", "title", "spec", "block"});
        return one_of(norm, kWeak);
    }

    static bool says_name(std::string_view norm) {
        return norm == "name" || norm == "named" || norm == "called";
    }

    /// Whether the word at `at` stands between a lead and the name.
    [[nodiscard]] bool leads_on(std::size_t lead, std::size_t at) const {
        constexpr std::size_t kReach = 8;
        if (at >= tokens_.size() || at >= lead + kReach || tokens_[at].quoted) return false;
        if (norm(at) == "a" && is_weak(norm(lead))) return false;
        if (norm(at) == "|" && norm(lead) != "module") return false;
        return is_skipped(norm(at));
    }

    /// What a lead leads to.
    struct Candidate {
        std::size_t lead = 0;
        std::size_t at = 0;
        bool named = false;  ///< the text calls it a name
    };

    /// How much speaks for a candidate; 0: it is no name.
    [[nodiscard]] int score_of(const Candidate& candidate) const {
        const SpecToken& token = tokens_[candidate.at];
        const std::string_view lead = norm(candidate.lead);
        if (looks_like_name(token)) {
            const bool sure = candidate.named || lead == "module" || lead == "call";
            const int late = candidate.at - candidate.lead > 4 ? 1 : 0;
            return (sure ? 10 : 6) - late;
        }
        if (!is_simple_identifier(token.raw)) return 0;
        if (candidate.named && !token.number && !never_a_name(token.norm)) {
            return lead != "name" || candidate.at > candidate.lead + 1 ? 5 : 0;
        }
        return lead == "module" && norm(candidate.at - 1) == ":" ? 5 : 0;
    }

    void follow(std::size_t lead) {
        if (of_a_port(lead)) return;
        std::size_t at = lead + 1;
        bool named = says_name(norm(lead));
        for (; leads_on(lead, at); ++at) named = named || says_name(norm(at)) || norm(at) == "|";
        // A heading that says "Module name" ends like a sentence.
        if (named && norm(at) == "." && at + 1 < tokens_.size()) ++at;
        if (at >= tokens_.size() || !tokens_[at].is_word) return;
        const bool capitals =
            std::ranges::none_of(tokens_[at].raw, [](char c) { return c >= 'a' && c <= 'z'; });
        if (is_weak(norm(lead)) && capitals && !tokens_[at].quoted) return;
        if (const int score = score_of({lead, at, named}); score > 0) vote(tokens_[at].raw, score);
    }

    /// The first line: "# exec_unit: an ALU", "cmd_fifo - a queue", "# rr_arb8".
    void heading() {
        std::size_t at = 0;
        while (at < tokens_.size() && !tokens_[at].is_word) ++at;
        if (at >= tokens_.size() || !looks_like_name(tokens_[at])) return;
        const std::size_t next = at + 1;
        const bool ends = next >= tokens_.size() || tokens_[next].line != tokens_[at].line;
        const bool titled = norm(next) == ":" || norm(next) == "-" || norm(next) == "." ||
                            norm(next) == "(" || norm(next) == "is" || norm(next) == "*" ||
                            static_cast<unsigned char>(norm(next).front()) >= 0x80;
        if (ends || titled) vote(tokens_[at].raw, 7);
    }

    const std::vector<SpecToken>& tokens_;
    std::vector<Vote> votes_;
};

/// Reads identifiers and marks of an instance, whitespace skipped.
struct InstanceReader {
    std::string_view text;
    std::size_t at = 0;

    void skip_space() {
        while (at < text.size() &&
               (text[at] == ' ' || text[at] == '\n' || text[at] == '\t' || text[at] == '\r')) {
            ++at;
        }
    }
    std::string_view word() {
        skip_space();
        const std::size_t begin = at;
        while (at < text.size() && is_simple_identifier("a" + std::string(1, text[at]))) ++at;
        return text.substr(begin, at - begin);
    }
    bool mark(char c) {
        skip_space();
        if (at >= text.size() || text[at] != c) return false;
        ++at;
        return true;
    }
    /// "(clk50)" with brackets inside; the cursor goes behind it.
    bool bracket() {
        if (!mark('(')) return false;
        int depth = 1;
        for (; at < text.size() && depth > 0; ++at) {
            if (text[at] == '(') ++depth;
            if (text[at] == ')') --depth;
        }
        return depth == 0;
    }
};

/// `.clk(clk50), .value(phase))` from `reader` on.
bool read_connections(InstanceReader& reader, std::vector<std::string>& ports) {
    do {
        if (!reader.mark('.')) return false;
        const std::string_view name = reader.word();
        if (!is_simple_identifier(std::string(name)) || !reader.bracket()) return false;
        ports.emplace_back(name);
    } while (reader.mark(','));
    return reader.mark(')');
}

}  // namespace

std::string module_name_of(const std::vector<SpecToken>& tokens) {
    return NameFinder(tokens).run();
}

std::optional<SpecInstance> instance_in(std::string_view text) {
    for (std::size_t open = text.find('('); open != std::string_view::npos;
         open = text.find('(', open + 1)) {
        InstanceReader ahead{text, open + 1};
        SpecInstance instance;
        if (!read_connections(ahead, instance.ports)) continue;
        ahead.mark(';');
        std::size_t begin = open;
        std::array<std::string, 2> names;
        for (std::string& name : names) {
            while (begin > 0 && (text[begin - 1] == ' ' || text[begin - 1] == '\n')) --begin;
            std::size_t end = begin;
            while (begin > 0 && is_simple_identifier("a" + std::string(1, text[begin - 1])))
                --begin;
            name = std::string(text.substr(begin, end - begin));
        }
        if (!is_simple_identifier(names[1])) continue;
        instance.module_name = names[1];
        instance.begin = begin;
        instance.end = ahead.at;
        return instance;
    }
    return std::nullopt;
}

}  // namespace rtlgen::datasets

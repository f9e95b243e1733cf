// SPDX-License-Identifier: Apache-2.0
#include "datasets/retrieval/operation_phrases.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "core/base/text.h"

namespace rtlgen::datasets {
namespace {

using Words = std::vector<std::string>;

std::string joined(const Words& words) { return join(words, " "); }

Words without(const Words& words, std::span<const std::string_view> unwanted) {
    Words kept;
    for (const std::string& word : words) {
        if (std::ranges::find(unwanted, word) == unwanted.end()) kept.push_back(word);
    }
    return kept;
}

/// A description of an operation in the words that the metadata use: ports are {a}, {b}, {y}.
class Description {
public:
    Description(const RuleContext& context, std::span<const SpecToken> tokens) {
        const std::string a = context.role("a");
        const std::string b = context.role("b");
        const std::string y = context.role("y");
        Words clause;
        for (const SpecToken& token : tokens) {
            const std::string lower = to_lower(token.raw);
            if (std::string_view(",():;.|-/").find(token.norm) != std::string_view::npos &&
                token.norm.size() == 1 && !(token.norm == "|" || token.norm == "-")) {
                flush(clause);
            } else if (lower == a) {
                clause.emplace_back("{a}");
            } else if (lower == b) {
                clause.emplace_back("{b}");
            } else if (lower == y || lower == "result" || token.norm == "=") {
                continue;
            } else if (token.norm == ">" || token.norm == "<") {
                const bool twice =
                    !clause.empty() && !clause.back().empty() &&
                    clause.back().find_first_not_of(token.norm[0]) == std::string::npos;
                if (twice) {
                    clause.back() += token.norm;
                } else {
                    clause.push_back(token.norm);
                }
            } else {
                clause.push_back(plain_form(token.norm));
            }
        }
        flush(clause);
        if (clauses_.size() > 1) {
            Words both = clauses_[0];
            both.insert(both.end(), clauses_[1].begin(), clauses_[1].end());
            clauses_.insert(clauses_.begin(), both);
        }
    }

    /// The operation that a clause names, or null. A clause that names another one makes it null.
    [[nodiscard]] const Operation* find(const std::vector<Operation>& operations) const {
        for (const Words& clause : clauses_) {
            if (const Operation* found = of_clause(clause, operations)) return found;
        }
        return nullptr;
    }

private:
    static std::string plain_form(const std::string& norm) {
        if (norm.starts_with("shift")) return "shift";
        if (norm == "added" || norm == "adding") return "add";
        return norm;
    }

    void flush(Words& clause) {
        constexpr std::array<std::string_view, 11> kArticles = {
            "the", "of",     "operation", "and_then", "unit", "operand",
            "is",  "become", "becomes",   "give",     "gives"};
        Words kept = without(clause, kArticles);
        // "less-than" is two words, "the sum of a and b" has no AND.
        for (std::size_t k = 1; k + 1 < kept.size(); ++k) {
            const bool operands = kept[k - 1] == "{a}" && kept[k + 1] == "{b}";
            const bool hyphen = kept[k] == "-" && kept[k - 1] != "{a}" && kept[k + 1] != "{b}";
            if (hyphen || (kept[k] == "and" && operands && k >= 2)) kept[k].clear();
        }
        std::erase(kept, "");
        const bool shifts = std::ranges::any_of(
            kept, [](const std::string& word) { return word == "<<" || word == ">>"; });
        if (shifts) std::erase(kept, "logical");
        while (!kept.empty() && kept.back() == "|") kept.pop_back();
        while (!kept.empty() && (kept.front() == "|" || kept.front() == "-"))
            kept.erase(kept.begin());
        if (!kept.empty()) clauses_.push_back(std::move(kept));
        clause.clear();
    }

    static const Operation* exact(const std::string& text,
                                  const std::vector<Operation>& operations) {
        for (const Operation& operation : operations) {
            for (const std::string& phrase : operation.phrases) {
                if (phrase == text) return &operation;
                const bool prefix =
                    phrase.ends_with('*') && text.find(' ') == std::string::npos &&
                    text.starts_with(std::string_view(phrase).substr(0, phrase.size() - 1));
                if (prefix) return &operation;
            }
        }
        return nullptr;
    }

    static const Operation* of_clause(const Words& clause,
                                      const std::vector<Operation>& operations) {
        if (const Operation* found = exact(joined(clause), operations)) return found;
        // "subtract b from a", "shift a left by b", "a AND b": the order of the operands counts.
        const auto a = std::ranges::find(clause, "{a}");
        const auto b = std::ranges::find(clause, "{b}");
        const bool from = std::ranges::find(clause, "from") != clause.end();
        const bool both = a != clause.end() && b != clause.end();
        if (both && (from ? a < b : b < a)) return nullptr;
        if (a == clause.end() && b != clause.end() && clause.back() != "{b}") return nullptr;
        constexpr std::array<std::string_view, 8> kSmall = {"{a}",  "{b}",  "by",  "to",
                                                            "from", "with", "bit", "amount"};
        const Operation* found = exact(joined(without(clause, kSmall)), operations);
        const bool single_operand =
            found != nullptr &&
            (found->name == "not" || found->name == "inc" || found->name == "dec");
        if (single_operand && b != clause.end()) return nullptr;
        return found;
    }

    std::vector<Words> clauses_;
};

}  // namespace

const Operation* operation_by_phrases(const RuleContext& context,
                                      std::span<const SpecToken> tokens) {
    return Description(context, tokens).find(context.design.operations);
}

}  // namespace rtlgen::datasets

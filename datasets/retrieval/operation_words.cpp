// SPDX-License-Identifier: Apache-2.0
#include "datasets/retrieval/operation_words.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "core/base/text.h"
#include "datasets/retrieval/learned_answers.h"

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

/// A short name in capitals, which the words beside it explain.
bool is_mnemonic(std::string_view raw) {
    return raw.size() >= 2 && raw.size() <= 5 &&
           std::ranges::all_of(raw, [](char c) { return c >= 'A' && c <= 'Z'; });
}

/// "4-bit", "32'd1": a number that is a width, or 0 or 1.
bool is_width(std::span<const SpecToken> tokens, std::size_t at) {
    const std::size_t unit = at + 1 < tokens.size() && tokens[at + 1].norm == "-" ? at + 2 : at + 1;
    return unit < tokens.size() && tokens[unit].norm == "bit";
}

/// A description of an operation in the words that the metadata use: ports are {a}, {b}, {y}.
class Description {
public:
    Description(const RuleContext& context, std::span<const SpecToken> tokens) {
        const std::string a = context.role("a");
        const std::string b = context.role("b");
        const std::string y = context.role("y");
        comparison_ = comparison_in(tokens, {a, b, y});
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
        if (!comparison_.empty()) return by_name(comparison_, operations);
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

    static const Operation* by_name(std::string_view name,
                                    const std::vector<Operation>& operations) {
        const auto found = std::ranges::find_if(
            operations, [&](const Operation& one) { return one.name == name; });
        return found == operations.end() ? nullptr : &*found;
    }

    /// "1 if a is less than b as signed numbers, else 0": the operation's name; empty: it is none,
    /// or the sign isn't said.
    static std::string comparison_in(std::span<const SpecToken> tokens,
                                     const std::array<std::string, 3>& ports) {
        const auto& [a, b, y] = ports;
        constexpr auto kAround = std::to_array<std::string_view>(
            {"1",         "0",          "if",          "taken",   "with",   "compare",
             "res",       "likewise",   "being",       "exactly", "a",      "value",
             "they",      "were",       "of",          "it",      "by",     "int",
             "is",        "than",       "as",          "number",  "value",  "else",
             "otherwise", "both",       "when",        "the",     "result", "integer",
             "treated",   "are",        "set",         "to",      "gives",  "in",
             "s",         "complement", "two",         "2",       "an",     "a",
             "operand",   "compared",   "comparison",  "and",     "seen",   "bit",
             "not",       "number",     "interpreted", "taking",  "read",   "considered",
             "viewed",    "these"});
        int step = 0;  // a, less, b
        bool is_signed = false;
        bool is_unsigned = false;
        for (std::size_t k = 0; k < tokens.size(); ++k) {
            const std::string& norm = tokens[k].norm;
            const std::string lower = to_lower(tokens[k].raw);
            const bool shift =
                norm == "<" && ((k > 0 && tokens[k - 1].norm == "<") ||
                                (k + 1 < tokens.size() && tokens[k + 1].norm == "<"));
            if (shift) return "";
            if (lower == y) continue;
            if (lower == a && step == 0) {
                step = 1;
            } else if ((norm == "<" || norm == "less" || norm == "smaller") && step == 1) {
                step = 2;
            } else if (lower == b && step == 2) {
                step = 3;
            } else if (norm == "signed" || norm == "complement") {
                is_signed = true;
            } else if (norm == "unsigned") {
                is_unsigned = true;
            } else if (is_mnemonic(tokens[k].raw) || (tokens[k].number && is_width(tokens, k))) {
                continue;
            } else if (tokens[k].is_word && std::ranges::find(kAround, norm) == kAround.end()) {
                return "";
            }
        }
        if (step != 3 || is_signed == is_unsigned) return "";
        return is_signed ? "slt" : "sltu";
    }

    std::string comparison_;
    std::vector<Words> clauses_;
};

/// What stands for an operand in prose: "the left operand", "first word".
std::vector<SpecToken> with_operands(const RuleContext& context,
                                     std::span<const SpecToken> tokens) {
    constexpr std::array<std::string_view, 4> kFirst = {"left", "first", "a", "1st"};
    constexpr std::array<std::string_view, 4> kSecond = {"right", "second", "b", "2nd"};
    constexpr std::array<std::string_view, 5> kThing = {"operand", "word", "argument", "value",
                                                        "input"};
    auto among = [](std::string_view word, std::span<const std::string_view> words) {
        return std::ranges::find(words, word) != words.end();
    };
    auto named = [](std::string name) {
        return SpecToken{name, to_lower(name), std::nullopt, true, true, 0};
    };
    std::vector<SpecToken> out;
    for (std::size_t k = 0; k < tokens.size(); ++k) {
        const std::string_view next =
            k + 1 < tokens.size() ? std::string_view(tokens[k + 1].norm) : std::string_view();
        const bool first = among(tokens[k].norm, kFirst) && among(next, kThing);
        const bool second = among(tokens[k].norm, kSecond) && among(next, kThing);
        if (first || second) {
            out.push_back(named(context.role(first ? "a" : "b")));
            ++k;
        } else {
            out.push_back(tokens[k]);
        }
    }
    return out;
}

/// A word of an operation's description and the operation that it stands for.
struct Meaning {
    std::string_view word;  ///< with a last '*' a prefix
    std::string_view operation;
};
constexpr auto kMeanings = std::to_array<Meaning>({
    {"add*", "add"},        {"sum", "add"},      {"plus", "add"},        {"+", "add"},
    {"subtract*", "sub"},   {"minus", "sub"},    {"difference", "sub"},  {"-", "sub"},
    {"conjunction", "and"}, {"and", "and"},      {"&", "and"},           {"disjunction", "or"},
    {"or", "or"},           {"|", "or"},         {"xor", "xor"},         {"exor", "xor"},
    {"eor", "xor"},         {"^", "xor"},        {"antivalence", "xor"}, {"exclusive", "xor"},
    {"nor", "nor"},         {"nand", "nand"},    {"xnor", "xnor"},       {"equivalence", "xnor"},
    {"not", "not"},         {"invert*", "not"},  {"inver*", "not"},      {"complement*", "not"},
    {"flip*", "not"},       {"negat*", "?"},     {"rotat*", "?"},        {"arithmetic*", "?"},
    {"increment*", "?"},    {"decrement*", "?"}, {"carry", "?"},         {"twice", "?"},
    {"times", "?"},         {"product", "?"},    {"multipl*", "?"},      {"sign", "?"},
    {"signed", "?"},        {"2", "?"},          {"reverse*", "?"},      {"swap*", "?"},
    {"saturat*", "?"},      {"shift*", "shift"}, {"mov*", "shift"},      {"sub", "sub"},
    {"sll", "sll"},         {"shl", "sll"},      {"lsl", "sll"},         {"srl", "srl"},
    {"shr", "srl"},         {"lsr", "srl"},      {"<<", "sll"},          {">>", "srl"},
});
/// Words that say nothing of which operation it is.
constexpr auto kFiller = std::to_array<std::string_view>(
    {"bitwise",   "bit",       "by",        "of",          "the",     "both",    "operand",
     "result",    "low",       "lower",     "logical",     "logic",   "zero",    "0",
     "filled",    "in",        "filling",   "with",        "as",      "many",    "place",
     "position",  "say",       "to",        "from",        "on",      "vacated", "are",
     "is",        "modulo",    "wrap",      "around",      "carries", "dropped", "each",
     "every",     "two",       "between",   "inserted",    "enter",   "number",  "amount",
     "given",     "specified", "logically", "a",           "an",      "for",     "per",
     "truncated", "only",      "least",     "significant", "upper",   "padded",  "pair",
     "pairs",     "get",       "gets",      "its",         "up",      "down",    "left",
     "right",     "come",      "comes",     "zeros",       "zeroes",  "fill",    "then",
     "take",      "taken",     "give",      "gives",       "value",   "word"});

bool fits_word(std::string_view pattern, std::string_view word) {
    if (!pattern.ends_with('*')) return pattern == word;
    return word.starts_with(pattern.substr(0, pattern.size() - 1));
}

/// Mnemonics of what the words beside them often leave out: carries, rotations.
bool is_other_mnemonic(std::string_view norm) {
    constexpr auto kOthers = std::to_array<std::string_view>(
        {"adc", "addc", "sbc", "sbb", "subc", "rol", "ror", "rcl", "rcr", "neg", "abs",
         "rsb", "mul",  "div", "min", "max",  "sra", "asr", "sar", "bic", "mac"});
    return std::ranges::find(kOthers, norm) != kOthers.end();
}

/// Which way the word at `at` has things move: "left", "towards the MSB"; empty: it doesn't say.
std::string_view shift_side(std::span<const SpecToken> tokens, std::size_t at) {
    const std::string& norm = tokens[at].norm;
    if (norm == "left" || norm == "right") return norm;
    const bool top = norm == "msb" || norm == "top" || norm == "most";
    const bool bottom = norm == "lsb" || norm == "bottom" || norm == "least";
    if (!top && !bottom) return "";
    for (std::size_t k = at - std::min<std::size_t>(at, 3); k < at; ++k) {
        if (tokens[k].norm.starts_with("toward")) return top ? "left" : "right";
    }
    return "";
}

/// The operation that all telling words agree on; empty where they don't, or a word is unknown.
std::string meant_by(const RuleContext& context, std::span<const SpecToken> tokens) {
    const std::string a = context.role("a");
    const std::string b = context.role("b");
    std::string meant;
    std::string side;
    std::size_t first_a = tokens.size();
    std::size_t first_b = tokens.size();
    std::size_t from = tokens.size();
    auto agree = [&](std::string_view operation) {
        // "exclusive disjunction", "exclusive or"
        const bool exclusive = (meant == "xor" && operation == "or") ||
                               ((meant == "sll" || meant == "srl") && operation == "shift");
        if (meant == "shift" && (operation == "sll" || operation == "srl")) meant.clear();
        if (meant.empty() || exclusive) meant = meant.empty() ? std::string(operation) : meant;
        if (meant != operation && !exclusive) meant = "?";
    };
    for (std::size_t k = 0; k < tokens.size(); ++k) {
        const SpecToken& token = tokens[k];
        const std::string lower = to_lower(token.raw);
        if (lower == a) {
            first_a = std::min(first_a, k);
        } else if (lower == b) {
            first_b = std::min(first_b, k);
        } else if (const std::string_view way = shift_side(tokens, k); !way.empty()) {
            // "zeros come in from the right" is where they come from.
            const bool origin = from < k && k - from <= 3 && !side.empty();
            if (!origin && !side.empty() && side != way) return "";
            if (!origin) side = way;
        } else if (!token.is_word) {
            if (std::string_view("*/%~!<>[]{}=").find(token.norm) != std::string_view::npos) {
                return "";
            }
            const bool infix = token.norm == "+" || token.norm == "&" || token.norm == "^" ||
                               (token.norm == "-" && k > 0 && to_lower(tokens[k - 1].raw) == a);
            if (infix)
                agree(token.norm == "+"   ? "add"
                      : token.norm == "&" ? "and"
                      : token.norm == "^" ? "xor"
                                          : "sub");
        } else if (token.norm == "and" && ((first_a < k && k + 1 < tokens.size() &&
                                            to_lower(tokens[k + 1].raw) == b && !meant.empty()))) {
            continue;  // "the sum of a and b"
        } else {
            if (token.norm == "from") from = k;
            const auto found = std::ranges::find_if(
                kMeanings, [&](const Meaning& one) { return fits_word(one.word, token.norm); });
            if (is_mnemonic(token.raw) && found == kMeanings.end()) {
                if (is_other_mnemonic(token.norm)) return "";
                continue;
            }
            const bool width = token.number && k + 1 < tokens.size() && tokens[k + 1].norm == "bit";
            const bool number = token.number && token.norm != "0" && !width;
            if (number && found == kMeanings.end()) return "";
            if (width) {
                continue;
            } else if (found != kMeanings.end()) {
                agree(found->operation);
            } else if (!token.number && std::ranges::find(kFiller, token.norm) == kFiller.end()) {
                return "";
            }
        }
    }
    if (meant == "?" || meant.empty()) return "";
    const bool part = std::ranges::any_of(tokens, [](const SpecToken& token) {
        return token.norm.starts_with("low") || token.norm == "least" || token.norm == "bit";
    });
    const bool shifts = meant == "shift" || meant == "sll" || meant == "srl";
    if (shifts && part) return "";  // by a part of the operand
    if (meant == "shift") meant = side == "left" ? "sll" : side == "right" ? "srl" : "";
    const bool swapped = first_b < first_a && first_a < tokens.size();
    if (swapped != (from < tokens.size() && meant == "sub") && first_b < tokens.size()) return "";
    if (meant == "not" && (first_b < tokens.size() || first_a == tokens.size())) return "";
    return meant;
}

}  // namespace

const Operation* operation_of(const RuleContext& context, std::span<const SpecToken> tokens) {
    const std::vector<SpecToken> plain = with_operands(context, tokens);
    const auto& operations = context.design.operations;
    const Operation* described = Description(context, plain).find(operations);
    const std::string name = rather_learned_operation(
        context, plain, described != nullptr ? described->name : meant_by(context, plain));
    const auto found =
        std::ranges::find_if(operations, [&](const Operation& one) { return one.name == name; });
    return found == operations.end() ? nullptr : &*found;
}

}  // namespace rtlgen::datasets

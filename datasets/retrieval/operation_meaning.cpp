// SPDX-License-Identifier: Apache-2.0
#include "datasets/retrieval/operation_meaning.h"

#include <algorithm>
#include <array>

#include "core/base/text.h"

namespace rtlgen::datasets {
namespace {

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
     "take",      "taken",     "give",      "gives",       "value",   "word",    "toward",
     "msb",       "lsb",       "end",       "top",         "bottom"});

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

/// The operation that a word stands for; empty: none that is known.
std::string_view meaning_of(std::string_view norm) {
    const auto found = std::ranges::find_if(
        kMeanings, [&](const Meaning& one) { return fits_word(one.word, norm); });
    return found == kMeanings.end() ? std::string_view() : found->operation;
}

/// "a + b": the operation of a sign between operands; empty: none that is known.
std::string_view infix_operation(std::string_view mark) {
    if (mark == "+") return "add";
    if (mark == "-") return "sub";
    if (mark == "&") return "and";
    if (mark == "^") return "xor";
    return "";
}

bool is_shift(std::string_view operation) {
    return operation == "shift" || operation == "sll" || operation == "srl";
}

/// Reads a description word by word.
class WordReader {
public:
    WordReader(const RuleContext& context, std::span<const SpecToken> tokens)
        : tokens_(tokens),
          a_(context.role("a")),
          b_(context.role("b")),
          first_a_(tokens.size()),
          first_b_(tokens.size()),
          from_(tokens.size()) {}

    /// The operation's name; empty where none is meant.
    std::string operation() {
        for (std::size_t k = 0; k < tokens_.size(); ++k) {
            if (!read(k)) return "";
        }
        if (meant_ == "?" || (is_shift(meant_) && takes_part())) return "";
        if (meant_ == "shift") meant_ = shift_by_side();
        return fits_operands() ? meant_ : "";
    }

private:
    /// False: the word at `at` can't be understood.
    bool read(std::size_t at) {
        const SpecToken& token = tokens_[at];
        const std::string lower = to_lower(token.raw);
        if (lower == a_) {
            first_a_ = std::min(first_a_, at);
            return true;
        }
        if (lower == b_) {
            first_b_ = std::min(first_b_, at);
            return true;
        }
        if (const auto way = shift_side(tokens_, at); !way.empty()) return read_side(at, way);
        if (!token.is_word) return read_mark(at);
        return joins_operands(at) || read_word(at);
    }

    /// "zeros come in from the right" is where they come from.
    bool read_side(std::size_t at, std::string_view way) {
        const bool origin = from_ < at && at - from_ <= 3 && !side_.empty();
        if (origin) return true;
        if (!side_.empty() && side_ != way) return false;
        side_ = way;
        return true;
    }

    bool read_mark(std::size_t at) {
        const std::string& mark = tokens_[at].norm;
        if (std::string_view("*/%~!<>[]{}=").find(mark) != std::string_view::npos) return false;
        // A list's item begins with "-" too.
        if (mark == "-" && !(at > 0 && to_lower(tokens_[at - 1].raw) == a_)) return true;
        if (const auto operation = infix_operation(mark); !operation.empty()) agree(operation);
        return true;
    }

    /// "the sum of a and b": no operation of its own.
    [[nodiscard]] bool joins_operands(std::size_t at) const {
        return tokens_[at].norm == "and" && first_a_ < at && at + 1 < tokens_.size() &&
               to_lower(tokens_[at + 1].raw) == b_ && !meant_.empty();
    }

    bool read_word(std::size_t at) {
        const SpecToken& token = tokens_[at];
        if (token.norm == "from") from_ = at;
        const std::string_view meaning = meaning_of(token.norm);
        if (is_mnemonic(token.raw) && meaning.empty()) return !is_other_mnemonic(token.norm);
        const bool width = token.number && at + 1 < tokens_.size() && tokens_[at + 1].norm == "bit";
        if (width) return true;
        if (!meaning.empty()) {
            agree(meaning);
            return true;
        }
        if (token.number) return token.norm == "0";
        return std::ranges::find(kFiller, token.norm) != kFiller.end();
    }

    /// One more word stands for `operation`; "?" where another one stood for something else.
    void agree(std::string_view operation) {
        // "exclusive disjunction", "exclusive or"
        const bool exclusive = meant_ == "xor" && operation == "or";
        const bool known_shift = (meant_ == "sll" || meant_ == "srl") && operation == "shift";
        if (exclusive || known_shift) return;
        const bool which_shift = meant_ == "shift" && (operation == "sll" || operation == "srl");
        if (meant_.empty() || which_shift) {
            meant_ = operation;
        } else if (meant_ != operation) {
            meant_ = "?";
        }
    }

    /// By a part of the operand.
    [[nodiscard]] bool takes_part() const {
        return std::ranges::any_of(tokens_, [](const SpecToken& token) {
            return token.norm.starts_with("low") || token.norm == "least" || token.norm == "bit";
        });
    }

    [[nodiscard]] std::string shift_by_side() const {
        if (side_ == "left") return "sll";
        return side_ == "right" ? "srl" : "";
    }

    /// "subtract b from a", "invert a": the operands are there, in an order that can be meant.
    [[nodiscard]] bool fits_operands() const {
        const bool has_a = first_a_ < tokens_.size();
        const bool has_b = first_b_ < tokens_.size();
        if (meant_ == "not" && (has_b || !has_a)) return false;
        const bool swapped = has_a && first_b_ < first_a_;
        const bool from = from_ < tokens_.size() && meant_ == "sub";
        const bool ordered = meant_ == "sub" || is_shift(meant_);
        return !has_b || !ordered || swapped == from;
    }

    std::span<const SpecToken> tokens_;
    std::string a_;
    std::string b_;
    std::string meant_;  ///< empty: nothing yet; "?": two things, or none of the library
    std::string side_;   ///< where a shift goes; empty: not said
    std::size_t first_a_;
    std::size_t first_b_;
    std::size_t from_;  ///< the last "from"
};

}  // namespace

std::string operation_by_meaning(const RuleContext& context, std::span<const SpecToken> tokens) {
    return WordReader(context, tokens).operation();
}

bool is_mnemonic(std::string_view raw) {
    return raw.size() >= 2 && raw.size() <= 5 &&
           std::ranges::all_of(raw, [](char c) { return c >= 'A' && c <= 'Z'; });
}

}  // namespace rtlgen::datasets

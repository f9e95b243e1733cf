// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <optional>

#include "core/base/text.h"
#include "datasets/retrieval/name_words.h"
#include "datasets/retrieval/operation_meaning.h"
#include "datasets/retrieval/operation_readers.h"

namespace rtlgen::datasets {
namespace {

/// Words that stand around a comparison.
bool is_around(std::string_view norm) {
    constexpr std::string_view kAround =
        " lie rank yes if taken with compare res likewise being exactly a value they were of"
        " it by int is than as number else otherwise both when the result integer treated are"
        " set to gives give in s 2 an operand compared comparison and seen bit not read"
        " interpreted taking considered viewed these strictly truly then only true false case"
        " any other every where whenever provided iff also that which their them pattern"
        " quantity word test check whether yield return produce output become becomes all"
        " code equal comparing for under do does input this binary complement so assuming"
        " regarded contents content deliver delivers answer one put write exact mean means at"
        " itself still here time now we you get representation notation form format"
        " interpretation sense sort signed unsigned arithmetically numerically hold holds"
        " represented no b representing ";
    return is_listed(norm, kAround);
}

bool is_less(std::string_view norm) {
    constexpr auto kLess = std::to_array<std::string_view>(
        {"<", "less", "smaller", "lower", "below", "lesser", "beneath", "precede"});
    return one_of(norm, kLess);
}

bool is_greater(std::string_view norm) {
    constexpr auto kGreater = std::to_array<std::string_view>(
        {">", "greater", "larger", "bigger", "above", "higher", "exceed", "exceeds"});
    return one_of(norm, kGreater);
}

/// Mnemonics of other comparisons.
bool is_other_mnemonic(std::string_view norm) {
    constexpr auto kOthers = std::to_array<std::string_view>(
        {"min", "max", "sgt", "sge", "seq", "sne", "sle", "gt", "ge", "eq", "ne", "le", "minu",
         "maxu", "sgtu", "sgeu", "gtu"});
    return one_of(norm, kOthers);
}

/// Reads "1 if a is less than b as signed numbers, else 0".
class Comparison {
public:
    Comparison(const RuleContext& context, std::span<const SpecToken> tokens)
        : tokens_(tokens), a_(context.role("a")), b_(context.role("b")), y_(context.role("y")) {}

    /// The operation's name; empty: it is none, or the sign isn't said.
    std::string name() {
        for (std::size_t k = 0; k < tokens_.size(); ++k) {
            if (!read(k)) return "";
        }
        if (!complete() || is_signed_ == is_unsigned_ || outcome_ == false) return "";
        // "the smaller one" alone is a minimum.
        if (!has_object_ && !outcome_) return "";
        return is_signed_ ? "slt" : "sltu";
    }

private:
    enum class Relation { None, Less, Greater };

    [[nodiscard]] std::string_view norm(std::size_t at) const {
        return at < tokens_.size() ? std::string_view(tokens_[at].norm) : std::string_view();
    }
    [[nodiscard]] std::string_view before(std::size_t at, std::size_t back = 1) const {
        return at >= back ? norm(at - back) : std::string_view();
    }

    /// False: the word at `at` is of something else.
    bool read(std::size_t at) {
        const SpecToken& token = tokens_[at];
        const std::string lower = to_lower(token.raw);
        if (lower == a_ || lower == b_) return read_operand(lower == a_);
        if (lower == y_) return true;
        if (is_less(token.norm) || is_greater(token.norm)) return read_relation(at);
        if (!token.is_word) return read_mark(at);
        if (read_sign(at)) return true;
        if (token.number) return read_number(at);
        if (is_mnemonic(token.raw)) return !is_other_mnemonic(token.norm);
        // "less or equal", "not less": only where the 0 is told.
        if (token.norm == "not" && complete() && before(at) == "if") return true;
        if (token.norm == "equal" || token.norm == "not" || token.norm == "or") {
            return complete() && zero_told_;
        }
        if (token.norm == "else" || token.norm == "otherwise") zero_told_ = complete();
        return is_around(token.norm);
    }

    bool read_operand(bool first) {
        (first ? has_a_ : has_b_) = true;
        if (relation_ == Relation::None) {
            subject_first_ = first;
        } else if (!has_object_ && !zero_told_) {
            if (first == *subject_first_) return false;
            has_object_ = true;
        }
        return true;
    }

    bool read_mark(std::size_t at) {
        const std::string_view mark = norm(at);
        if (std::string_view("*/%~!&^{}+[]").find(mark) != std::string_view::npos) return false;
        // "<="
        if (mark == "=" && (before(at) == "<" || before(at) == ">")) return zero_told_;
        return true;
    }

    bool read_relation(std::size_t at) {
        const bool less = is_less(norm(at));
        // "<<", "->"
        if (norm(at) == "<" && (before(at) == "<" || norm(at + 1) == "<")) return false;
        if (norm(at) == ">" && (before(at) == "-" || before(at) == "=")) return true;
        if (complete()) return zero_told_ || less == (relation_ == Relation::Less);
        // "less-than: 1 if ..." has its name first.
        if (!subject_first_) return less;
        if (relation_ != Relation::None || before(at) == "not") return false;
        // "a and b: 1 if the smaller"
        if (less != *subject_first_) return false;
        relation_ = less ? Relation::Less : Relation::Greater;
        constexpr auto kThings =
            std::to_array<std::string_view>({"of", "number", "operand", "value", "word"});
        const bool one_word = at + 1 < tokens_.size() && to_lower(tokens_[at + 1].raw) == "one";
        implied_ = before(at) == "the" && (one_word || one_of(norm(at + 1), kThings));
        return true;
    }

    /// "signed", "two's complement", "with sign", "without regard to signs"
    bool read_sign(std::size_t at) {
        const std::string_view word = norm(at);
        if (ignores(word) || word == "regard") return true;
        bool denied = before(at) == "not" || before(at) == "no";
        for (std::size_t back = 1; back <= 4; ++back) denied = denied || ignores(before(at, back));
        if (word == "unsigned" || word == "magnitude" || word == "natural" || word == "plain") {
            (denied ? is_signed_ : is_unsigned_) = true;
            return true;
        }
        if (word == "signed" || word == "complement" || word == "sign") {
            (denied ? is_unsigned_ : is_signed_) = true;
            return true;
        }
        return false;
    }

    static bool ignores(std::string_view word) {
        constexpr auto kIgnore = std::to_array<std::string_view>(
            {"without", "regardless", "ignoring", "disregarding", "irrespective"});
        return one_of(word, kIgnore);
    }

    /// 0 and 1 are what comes out; "-128 to 127", "8-bit" and "the lower one" say nothing.
    bool read_number(std::size_t at) {
        const std::int64_t number = *tokens_[at].number;
        const std::string raw = to_lower(tokens_[at].raw);
        if (raw.ends_with("'s")) return true;  // "2's complement"
        if (raw == "one" && (is_less(before(at)) || is_greater(before(at)))) return true;
        const std::size_t unit = norm(at + 1) == "-" ? at + 2 : at + 1;
        if (norm(unit) == "bit") return true;
        constexpr auto kTo = std::to_array<std::string_view>({"to", "through", "-", "."});
        const bool range = one_of(norm(at + 1), kTo) && at + 2 < tokens_.size() &&
                           (tokens_[at + 2].number || norm(at + 2) == ".");
        const bool range_end = at >= 2 && one_of(before(at), kTo) && number > 1;
        if (range || range_end) return true;
        if (number == 2) return before(at) == "the" || norm(at + 1) == "complement";
        if (number > 1) return false;
        return read_outcome(number == 1);
    }

    bool read_outcome(bool one) {
        if (!complete() || !outcome_) {
            outcome_ = one;
            return !complete() || one;
        }
        zero_told_ = true;
        return !one;
    }

    [[nodiscard]] bool complete() const {
        return relation_ != Relation::None && (has_object_ || implied_ || has_a_ == has_b_);
    }

    std::span<const SpecToken> tokens_;
    std::string a_;
    std::string b_;
    std::string y_;
    Relation relation_ = Relation::None;
    std::optional<bool> subject_first_;  ///< whether the last operand before was the first one
    bool has_object_ = false;
    bool implied_ = false;    ///< "the smaller one": nothing has to follow
    bool zero_told_ = false;  ///< what follows says when the result is 0
    bool has_a_ = false;
    bool has_b_ = false;
    std::optional<bool> outcome_;  ///< what the comparison gives where it holds
    bool is_signed_ = false;
    bool is_unsigned_ = false;
};

}  // namespace

bool denies_comparison(const RuleContext& context, std::span<const SpecToken> tokens) {
    const std::string a = context.role("a");
    const std::string b = context.role("b");
    bool one_said = false;
    bool zero_said = false;
    std::string operand;  // the last one
    for (std::size_t k = 0; k < tokens.size(); ++k) {
        const std::string_view word = tokens[k].norm;
        const std::string_view last = k > 0 ? std::string_view(tokens[k - 1].norm) : "";
        const std::string lower = to_lower(tokens[k].raw);
        if (lower == a || lower == b) operand = lower;
        const bool equal =
            word == "equal" || word == "most" || (word == "=" && (last == "<" || last == ">"));
        const bool wrong_way = (is_greater(word) && last != "-" && last != "=" && operand != b) ||
                               (is_less(word) && (operand == b || last == "not"));
        if ((equal || wrong_way) && !zero_said) return true;
        const auto& number = tokens[k].number;
        const bool outcome = number && *number <= 1 && last != "-" && lower != "one";
        if (!outcome) continue;
        if (*number == 0 && !one_said) return true;
        (*number == 1 ? one_said : zero_said) = true;
    }
    return false;
}

std::string operation_by_comparison(const RuleContext& context, std::span<const SpecToken> tokens) {
    return Comparison(context, tokens).name();
}

}  // namespace rtlgen::datasets

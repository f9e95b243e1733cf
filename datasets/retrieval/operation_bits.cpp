// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <optional>

#include "core/base/text.h"
#include "datasets/retrieval/name_words.h"
#include "datasets/retrieval/operation_readers.h"

namespace rtlgen::datasets {
namespace {

/// What a rule says of the two bits.
enum class Kind { None, One, Both, Either, Differ, Same };

bool begins_with_any(std::string_view word, std::span<const std::string_view> stems) {
    return std::ranges::any_of(stems,
                               [&](std::string_view stem) { return word.starts_with(stem); });
}

bool is_condition(std::string_view norm) {
    constexpr auto kConditions = std::to_array<std::string_view>(
        {"where", "when", "if", "wherever", "whenever", "iff", "unless", "provided"});
    return one_of(norm, kConditions);
}

bool differs(std::string_view norm) {
    constexpr auto kStems =
        std::to_array<std::string_view>({"differ", "unequal", "disagree", "mismatch", "unlike"});
    return begins_with_any(norm, kStems);
}

bool agrees(std::string_view norm) {
    constexpr auto kStems = std::to_array<std::string_view>(
        {"agree", "equal", "same", "match", "alike", "coincid", "identical"});
    return begins_with_any(norm, kStems);
}

bool counts(std::string_view norm) {
    constexpr auto kCounts = std::to_array<std::string_view>(
        {"exactly", "only", "just", "precisely", "single", "least"});
    return one_of(norm, kCounts);
}

std::optional<bool> level_of_word(const SpecToken& token) {
    constexpr auto kHigh = std::to_array<std::string_view>({"1", "set", "high", "on", "true"});
    constexpr auto kLow =
        std::to_array<std::string_view>({"0", "clear", "cleared", "low", "off", "false"});
    if (one_of(token.norm, kHigh) || (token.number && *token.number == 1)) return true;
    if (one_of(token.norm, kLow) || (token.number && *token.number == 0)) return false;
    return std::nullopt;
}

/// Words around a rule that say nothing of which one it is.
bool is_around(std::string_view norm) {
    constexpr std::string_view kAround =
        " bit bitwise by position place column digit the a an each every of in is are be"
        " become becomes get gets result res output operand input word value at least all"
        " have has having they them corresponding its their that it which pair 2 then logical"
        " inclusive conjunction disjunction do does doe with for this these those contain"
        " contains hold holds to there also likewise other else otherwise elsewhere"
        " individual single exactly only just precisely i respective per k n show shows"
        " operation number being was more take equivalence exclusive from both either neither"
        " any not but or and antivalence remaining rest ";
    return is_listed(norm, kAround);
}

/// "AND: ...": the operation that a word in capitals names; empty: it names none.
std::string named_operation(const SpecToken& token) {
    constexpr auto kNames =
        std::to_array<std::string_view>({"and", "or", "xor", "nand", "nor", "xnor"});
    const bool capitals =
        std::ranges::none_of(token.raw, [](char c) { return c >= 'a' && c <= 'z'; });
    if (token.norm == "exor" || token.norm == "eor") return "xor";
    if (token.norm == "xor" || token.norm == "xnor" || token.norm == "nand") return token.norm;
    return capitals && one_of(token.norm, kNames) ? token.norm : "";
}

/// Reads one rule from left to right.
class BitRule {
public:
    BitRule(const RuleContext& context, std::span<const SpecToken> tokens)
        : tokens_(tokens), a_(context.role("a")), b_(context.role("b")), y_(context.role("y")) {}

    std::string operation() {
        if (!of_each_bit()) return "";
        for (std::size_t k = 0; k < tokens_.size(); ++k) {
            if (!read(k)) return "";
        }
        return resolved();
    }

private:
    [[nodiscard]] std::string_view norm(std::size_t at) const {
        return at < tokens_.size() ? std::string_view(tokens_[at].norm) : std::string_view();
    }
    [[nodiscard]] std::string_view before(std::size_t at) const {
        return at > 0 ? norm(at - 1) : std::string_view();
    }

    /// "a[i]", "bit i"
    [[nodiscard]] bool is_index(std::size_t at) const {
        constexpr auto kIndices = std::to_array<std::string_view>({"i", "k", "n", "j"});
        return one_of(norm(at), kIndices);
    }

    /// Whether each bit is spoken of, not one of them or the whole word.
    [[nodiscard]] bool of_each_bit() const {
        constexpr auto kEach = std::to_array<std::string_view>(
            {"each", "every", "by", "per", "corresponding", "respective", "individual"});
        for (std::size_t k = 0; k < tokens_.size(); ++k) {
            const std::string_view word = norm(k);
            if (word == "[" && is_index(k + 1)) return true;
            if (word == "bitwise" || word == "position" || word == "column") return true;
            if (word != "bit" && word != "place") continue;
            if (begins_tail(before(k)) || before(k) == "all") continue;
            const bool many = to_lower(tokens_[k].raw).ends_with('s');
            if (many || one_of(before(k), kEach) || is_index(k + 1)) return true;
        }
        return false;
    }

    /// False: the word at `at` is unknown here.
    bool read(std::size_t at) {
        const SpecToken& token = tokens_[at];
        const std::string lower = to_lower(token.raw);
        if (lower == a_ || lower == b_) return read_operand(lower == b_);
        if (lower == y_) return true;
        if (!token.is_word) return read_mark(at);
        // "bit 3 is 1": one bit alone.
        if (token.number && before(at) == "bit" && (at < 2 || norm(at - 2) != "by")) return false;
        if (const std::string name = named_operation(token); !name.empty()) {
            if (condition_ == Progress::Begun) return false;
            if (!name_.empty() && name_ != name) return false;
            name_ = name;
            return true;
        }
        if (is_condition(token.norm)) {
            if (condition_ != Progress::None) {
                tail_ = true;
            } else {
                condition_ = Progress::Begun;
                inverted_ = token.norm == "unless";
            }
            return true;
        }
        if (tail_) return read_tail(at);
        return condition_ == Progress::Begun ? read_condition(at) : read_outcome(at);
    }

    bool read_operand(bool second) {
        (second ? has_b_ : has_a_) = true;
        return true;
    }

    bool read_mark(std::size_t at) {
        constexpr std::string_view kMarks = ",:;.()|-/=>";
        if (norm(at) == "[") return is_index(at + 1) && norm(at + 2) == "]";
        if (norm(at) == "]") return is_index(at - 1);
        if (kMarks.find(norm(at)) == std::string_view::npos) return false;
        if (norm(at) == "," && complete()) tail_ = true;
        return true;
    }

    /// "each bit is 1"
    bool read_outcome(std::size_t at) {
        // "not 1", "bits that differ are 1"
        if (norm(at) == "not" || differs(norm(at)) || norm(at) == "neither") return false;
        const auto level = level_of_word(tokens_[at]);
        if (!level) return is_around(norm(at));
        outcome_ = level;
        return true;
    }

    /// "both are 1", "they differ"
    bool read_condition(std::size_t at) {
        const std::string_view word = norm(at);
        const bool denied = before(at) == "not";
        if (differs(word) || agrees(word)) {
            // "in the same position"
            const std::string_view next = norm(at + 1);
            if (word == "same" && (next == "position" || next == "place" || next == "bit")) {
                return true;
            }
            kind_ = differs(word) == denied ? Kind::Same : Kind::Differ;
            return true;
        }
        if (const auto level = level_of_word(tokens_[at])) return read_level(at, *level);
        if (begins_tail(word)) {
            tail_ = complete();
            return tail_;
        }
        return read_quantity(at) && is_around(word);
    }

    [[nodiscard]] static bool begins_tail(std::string_view word) {
        constexpr auto kTail = std::to_array<std::string_view>(
            {"else", "otherwise", "elsewhere", "other", "rest", "remaining", "then"});
        return one_of(word, kTail);
    }

    bool read_level(std::size_t at, bool level) {
        // "exactly one of them", "at least one", "one or more"
        if (counts(before(at))) {
            kind_ = before(at) == "least" ? Kind::Either : Kind::Differ;
            return true;
        }
        if (norm(at + 1) == "or" && norm(at + 2) == "more") {
            kind_ = Kind::Either;
            return true;
        }
        if (norm(at + 1) == "of") {  // "one of them": exactly one, or at least?
            kind_ = Kind::One;
            return true;
        }
        const bool joined = before(at) == "and" || before(at) == ",";
        if (complete() && joined) {
            tail_ = true;
            return read_tail(at);
        }
        if (!outcome_ && complete()) return false;  // "where both are 1 it is 1": which is which?
        if (before(at) == "not") level = !level;
        if (level_ && *level_ != level) return false;
        level_ = level;
        return true;
    }

    /// "both", "either", "a or b"
    bool read_quantity(std::size_t at) {
        const std::string_view word = norm(at);
        if (word == "both") {
            const bool in_both = before(at) == "in" && at >= 2 && norm(at - 2) == "or";
            if (before(at) == "or" || in_both) {
                kind_ = Kind::Either;
            } else if (before(at) == "not") {
                inverted_ = inverted_ != (kind_ == Kind::None);
                kind_ = kind_ == Kind::None ? Kind::Both : Kind::Differ;
            } else {
                kind_ = Kind::Both;
            }
        } else if (word == "either" || word == "any") {
            kind_ = Kind::Either;
        } else if (word == "neither") {
            kind_ = Kind::Either;
            inverted_ = !inverted_;
        } else if (word == "or" && norm(at + 1) != "both") {
            if (kind_ == Kind::None) kind_ = Kind::Either;
            if (kind_ == Kind::Both) return false;
        } else if (word == "and" && has_a_ && kind_ == Kind::None) {
            kind_ = Kind::Both;
        } else if (word == "not") {
            // "not both" is read with its "both", "are not equal" with its "equal".
            const std::string_view next = norm(at + 1);
            return next == "both" || differs(next) || agrees(next) || next == "the" ||
                   (at + 1 < tokens_.size() && level_of_word(tokens_[at + 1]));
        }
        return true;
    }

    /// "0 elsewhere", "but not both"
    bool read_tail(std::size_t at) {
        if (norm(at) == "both" && before(at) == "not") {
            if (kind_ != Kind::Either && kind_ != Kind::Differ) return false;
            kind_ = Kind::Differ;
            return true;
        }
        const auto level = level_of_word(tokens_[at]);
        if (level && !tail_level_) {
            tail_level_ = level;
            return true;
        }
        return level.has_value() || differs(norm(at)) || agrees(norm(at)) || is_around(norm(at));
    }

    [[nodiscard]] bool complete() const {
        if (kind_ == Kind::Differ || kind_ == Kind::Same) return true;
        return (kind_ == Kind::Both || kind_ == Kind::Either) && level_.has_value();
    }

    [[nodiscard]] std::string resolved() const {
        if (!complete()) return "";
        // "where both are 1, the bit is 1": the outcome is behind the rule.
        const bool behind = !outcome_.has_value();
        if (behind && !tail_level_) return "";
        const bool outcome = behind ? *tail_level_ : *outcome_;
        if (!behind && tail_level_ && *tail_level_ == outcome) return "";
        if (has_a_ != has_b_) return "";
        const std::string found = function(outcome != inverted_);
        return name_.empty() || name_ == found ? found : "";
    }

    /// The operation that gives `value` where the rule holds.
    [[nodiscard]] std::string function(bool value) const {
        if (kind_ == Kind::Differ) return value ? "xor" : "xnor";
        if (kind_ == Kind::Same) return value ? "xnor" : "xor";
        if (kind_ == Kind::Both) {
            if (*level_) return value ? "and" : "nand";
            return value ? "nor" : "or";
        }
        if (*level_) return value ? "or" : "nor";
        return value ? "nand" : "and";
    }

    enum class Progress { None, Begun };
    std::span<const SpecToken> tokens_;
    std::string a_;
    std::string b_;
    std::string y_;
    Progress condition_ = Progress::None;
    Kind kind_ = Kind::None;
    std::optional<bool> outcome_;
    std::optional<bool> level_;
    std::optional<bool> tail_level_;
    std::string name_;
    bool inverted_ = false;
    bool tail_ = false;
    bool has_a_ = false;
    bool has_b_ = false;
};

}  // namespace

std::string operation_by_bits(const RuleContext& context, std::span<const SpecToken> tokens) {
    return BitRule(context, tokens).operation();
}

}  // namespace rtlgen::datasets

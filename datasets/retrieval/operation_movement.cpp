// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "core/base/text.h"
#include "datasets/retrieval/name_words.h"
#include "datasets/retrieval/operation_readers.h"

namespace rtlgen::datasets {
namespace {

/// Words that say nothing of which shift it is.
bool is_around(std::string_view norm) {
    constexpr std::string_view kAround =
        " the a an of by to in is are be being as many much place position step distance"
        " amount count number say state tell give given specify specified specifies indicate"
        " indicated demand result output with and that this it its which those these bit fall"
        " falls out off lost lose drop dropped discard discarded disappear vanish gone thrown"
        " away leave leaving beyond past over edge end side come coming enter entering fill"
        " filled filling fills vacated vacant empty emptied free freed vacancy up always from"
        " at on logical logically unsigned value whole complete full entire all used whatever"
        " regardless not never no without irrespective operand taken interpreted treated read"
        " for zero s left right leftward rightward toward most least significant msb lsb"
        " higher upper high even also if when so equal new they pad padded inserted insert"
        " brought there behind get set become becomes put inwards word data content contents"
        " their shifter or more then nothing remain 0 however far direction such extension"
        " extended extend way where needed zeroes simply ";
    return is_listed(norm, kAround);
}

bool moves(std::string_view norm) {
    constexpr auto kStems = std::to_array<std::string_view>({"shift", "mov", "displac", "push"});
    return std::ranges::any_of(kStems,
                               [&](std::string_view stem) { return norm.starts_with(stem); });
}

/// "SRL: ...": the operation that a mnemonic names; empty: it names none.
std::string_view named_operation(std::string_view norm) {
    if (norm == "sll" || norm == "shl" || norm == "lsl") return "sll";
    if (norm == "srl" || norm == "shr" || norm == "lsr") return "srl";
    if (norm == "sra" || norm == "asr" || norm == "sar") return "sra";
    return "";
}

constexpr auto kToward = std::to_array<std::string_view>({"toward", "towards"});

/// Reads a shift from left to right.
class Movement {
public:
    Movement(const RuleContext& context, std::span<const SpecToken> tokens)
        : tokens_(tokens), a_(context.role("a")), b_(context.role("b")), y_(context.role("y")) {}

    std::string operation() {
        for (std::size_t k = 0; k < tokens_.size(); ++k) {
            if (!read(k)) return "";
        }
        if (!moves_ || side_.empty() || (has_b_ && !has_a_ && !by_b_)) return "";
        // What fell out could come in again.
        if (fills_ && !zeros_ && !sign_) return "";
        std::string found = side_ == "left" ? "sll" : "srl";
        if (sign_) {
            // Zeros that come in and a sign that is kept don't go together.
            if (found == "sll" || zeros_) return "";
            found = "sra";
        }
        return name_.empty() || name_ == found ? found : "";
    }

private:
    [[nodiscard]] std::string_view norm(std::size_t at) const {
        return at < tokens_.size() ? std::string_view(tokens_[at].norm) : std::string_view();
    }
    [[nodiscard]] std::string_view before(std::size_t at, std::size_t back = 1) const {
        return at >= back ? norm(at - back) : std::string_view();
    }

    /// Whether one of `words` stands among the few before `at`.
    template <std::size_t N>
    [[nodiscard]] bool preceded(std::size_t at, std::size_t reach,
                                const std::array<std::string_view, N>& words) const {
        for (std::size_t back = 1; back <= std::min(at, reach); ++back) {
            if (!tokens_[at - back].is_word && norm(at - back) != "-") return false;
            if (one_of(norm(at - back), words)) return true;
        }
        return false;
    }

    /// False: the word at `at` is of something else.
    bool read(std::size_t at) {
        const SpecToken& token = tokens_[at];
        const std::string lower = to_lower(token.raw);
        if (lower == b_) return read_distance(at);
        if (lower == a_) {
            // "a places", "by a": the first operand is no distance.
            has_a_ = true;
            return before(at) != "by" && norm(at + 1) != "place" && norm(at + 1) != "position";
        }
        if (lower == y_) return true;
        if (!token.is_word) {
            constexpr std::string_view kMarks = ",:;.()|-=\"'";
            return kMarks.find(token.norm.front()) != std::string_view::npos;
        }
        if (moves(token.norm)) {
            moves_ = true;
            return true;
        }
        if (const std::string_view name = named_operation(token.norm); !name.empty()) {
            name_ = name;
            return true;
        }
        if (token.norm == "sign" || token.norm.starts_with("arithmetic")) return read_sign(at);
        if (copies(token.norm)) return true;
        if (token.norm.starts_with("zero")) zeros_ = true;
        fills_ = fills_ || fills(token.norm);
        if (token.number) return read_number(at);
        // "by the low bits of b"
        const bool low = token.norm == "low" || token.norm == "lower" || token.norm == "bottom";
        if (low && !preceded(at, 3, kToward) && token.norm != "bottom") return false;
        return read_side(at) && is_around(token.norm);
    }

    /// The first operand is what moves; the second one alone has to be led by "by".
    bool read_distance(std::size_t at) {
        constexpr auto kLead = std::to_array<std::string_view>({"by", "of", "as", "with"});
        if (norm(at + 1) == "[") return false;
        by_b_ = by_b_ || one_of(before(at), kLead) || (one_of(before(at, 2), kLead));
        has_b_ = true;
        return has_a_ || by_b_;
    }

    /// Something comes into the places that become free.
    static bool fills(std::string_view norm) {
        constexpr auto kStems =
            std::to_array<std::string_view>({"fill", "come", "coming", "enter", "insert", "pad",
                                             "brought", "put", "vaca", "free", "empt", "new"});
        return std::ranges::any_of(kStems,
                                   [&](std::string_view stem) { return norm.starts_with(stem); });
    }

    static bool copies(std::string_view norm) {
        constexpr auto kStems = std::to_array<std::string_view>(
            {"copy", "copies", "copied", "repeat", "replicat", "keep", "kept", "preserv", "retain",
             "duplicat", "extend", "extension"});
        return std::ranges::any_of(kStems,
                                   [&](std::string_view stem) { return norm.starts_with(stem); });
    }

    /// "copies of the sign", "not arithmetic", "whatever the sign"
    bool read_sign(std::size_t at) {
        constexpr std::size_t kReach = 4;
        constexpr auto kDenials = std::to_array<std::string_view>(
            {"not", "no", "never", "without", "whatever", "regardless", "irrespective"});
        const std::size_t verb = norm(at + 1) == "bit" ? at + 2 : at + 1;
        const bool is_not = norm(verb) == "is" && norm(verb + 1) == "not";
        if (!is_not && !preceded(at, kReach, kDenials)) sign_ = true;
        return true;
    }

    /// "bits beyond bit 15", "all 8 bits of b"; "by 1" is another shift.
    bool read_number(std::size_t at) {
        constexpr auto kWhole =
            std::to_array<std::string_view>({"all", "whole", "complete", "full", "entire"});
        const std::int64_t number = *tokens_[at].number;
        if (before(at) == "bit" && preceded(at, 2, kToward)) {  // "towards bit 0"
            side_ = number == 0 ? "right" : "left";
            return true;
        }
        if (before(at) == "bit") return !moves_ || before(at, 2) != "by";
        if (number == 0) {
            zeros_ = true;
            return true;
        }
        if (number > 1 && norm(at + 1) == "or" && norm(at + 2) == "more") return true;
        return number > 1 && preceded(at, 2, kWhole);
    }

    /// "to the left", "towards the MSB"; "from the left" is where zeros come from.
    bool read_side(std::size_t at) {
        constexpr auto kOrigins = std::to_array<std::string_view>({"from", "at", "on", "in"});
        const std::string_view word = norm(at);
        std::string_view side;
        if (word.starts_with("left") && word != "leftmost") side = "left";
        if (word.starts_with("right")) side = "right";
        constexpr auto kTop = std::to_array<std::string_view>(
            {"msb", "most", "higher", "upper", "high", "top", "leftmost", "highest"});
        constexpr auto kBottom =
            std::to_array<std::string_view>({"lsb", "least", "low", "lower", "bottom", "lowest"});
        const bool top = one_of(word, kTop);
        const bool bottom = one_of(word, kBottom);
        if (top || bottom) {
            if (preceded(at, 3, kToward)) side = top ? "left" : "right";
            // "copies of the most significant bit"
            if (top && side.empty() && copied(at)) sign_ = true;
            if (bottom && side.empty() && copied(at)) return false;
        }
        if (side.empty() || preceded(at, 2, kOrigins)) return true;
        if (!side_.empty() && side_ != side) return false;
        side_ = side;
        return true;
    }

    /// Whether what stands at `at` fills the places that become free.
    [[nodiscard]] bool copied(std::size_t at) const {
        for (std::size_t back = 1; back <= std::min<std::size_t>(at, 4); ++back) {
            if (copies(norm(at - back)) || (back <= 2 && norm(at - back) == "with")) return true;
        }
        return std::ranges::any_of(tokens_.subspan(at),
                                   [](const SpecToken& token) { return copies(token.norm); });
    }

    std::span<const SpecToken> tokens_;
    std::string a_;
    std::string b_;
    std::string y_;
    std::string_view name_;
    std::string_view side_;
    bool moves_ = false;
    bool sign_ = false;
    bool zeros_ = false;
    bool fills_ = false;
    bool has_a_ = false;
    bool has_b_ = false;
    bool by_b_ = false;
};

}  // namespace

bool denies_shift(std::string_view operation, std::span<const SpecToken> tokens) {
    constexpr auto kLow =
        std::to_array<std::string_view>({"low", "lower", "lsb", "least", "bottom"});
    constexpr auto kHigh =
        std::to_array<std::string_view>({"high", "higher", "upper", "msb", "most"});
    constexpr auto kStems = std::to_array<std::string_view>(
        {"copy", "copies", "copied", "repeat", "replicat", "duplicat", "keeping", "preserv"});
    constexpr auto kDenials = std::to_array<std::string_view>({"not", "no", "never", "without"});
    bool denied = false;
    for (std::size_t k = 0; k < tokens.size(); ++k) {
        const std::string_view word = tokens[k].norm;
        denied = denied || one_of(word, kDenials);
        for (std::size_t back = 1; back <= std::min<std::size_t>(k, 3); ++back) {
            if (!one_of(tokens[k - back].norm, kToward)) continue;
            if (operation == "sll" && one_of(word, kLow)) return true;
            if (operation != "sll" && one_of(word, kHigh)) return true;
        }
        const bool copies = std::ranges::any_of(
            kStems, [&](std::string_view stem) { return word.starts_with(stem); });
        if (operation == "srl" && copies && !denied) return true;
    }
    return false;
}

std::string operation_by_movement(const RuleContext& context, std::span<const SpecToken> tokens) {
    return Movement(context, tokens).operation();
}

}  // namespace rtlgen::datasets

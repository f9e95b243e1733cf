// SPDX-License-Identifier: Apache-2.0
#include "datasets/retrieval/phrase.h"

#include <algorithm>
#include <array>
#include <limits>

#include "core/base/text.h"

namespace rtlgen::datasets {

Phrase::Phrase(std::string_view pattern) : text_(trim(pattern)) {
    for (std::string_view word : split(text_, ' ')) {
        if (word.empty()) continue;
        const std::size_t colon = word.rfind(':');
        if (colon != std::string_view::npos) {
            fixed_ = parse_int(word.substr(colon + 1));
            word = word.substr(0, colon);
        }
        const std::size_t star = word.rfind('*');
        const auto scale =
            star == std::string_view::npos ? std::nullopt : parse_int(word.substr(star + 1));
        if (scale) {
            scale_ = *scale;
            word = word.substr(0, star);
        }
        Piece piece;
        piece.any = word == "*";
        piece.number = word == "#" || word == "%";
        piece.value = word == "#";
        piece.gap = word == "~";
        if (!piece.any && !piece.number && !piece.gap) {
            for (const std::string_view one : split(word, '|')) {
                const bool literal = one.ends_with('*') || one.starts_with('{');
                piece.alternatives.push_back(literal ? to_lower(one) : normalize_word(one));
            }
        }
        pieces_.push_back(std::move(piece));
    }
}

bool Phrase::matches(const Piece& piece, const SpecToken& word, const RoleName& role) const {
    if (!word.is_word) return false;
    if (piece.any) return true;
    if (piece.number) return word.number.has_value();
    return std::ranges::any_of(piece.alternatives, [&](const std::string& wanted) {
        if (wanted.starts_with('{')) {
            const std::string name = role(std::string_view(wanted).substr(1, wanted.size() - 2));
            return !name.empty() && name == to_lower(word.raw);
        }
        if (wanted.ends_with('*')) {
            return word.norm.starts_with(std::string_view(wanted).substr(0, wanted.size() - 1));
        }
        return word.norm == wanted;
    });
}

bool Phrase::match_from(std::size_t piece, std::size_t word, std::span<const SpecToken> words,
                        const RoleName& role, PhraseHit& hit) const {
    constexpr std::size_t kLongestGap = 7;
    if (piece == pieces_.size()) {
        hit.end = word;
        return true;
    }
    if (pieces_[piece].gap) {
        for (std::size_t skip = 0; skip <= kLongestGap && word + skip < words.size(); ++skip) {
            if (match_from(piece + 1, word + skip, words, role, hit)) return true;
            if (words[word + skip].norm == ".") return false;
        }
        return false;
    }
    if (word >= words.size() || !matches(pieces_[piece], words[word], role)) return false;
    if (pieces_[piece].value) {
        const std::int64_t limit = std::numeric_limits<std::int64_t>::max() / scale_;
        hit.value = *words[word].number > limit ? limit : *words[word].number * scale_;
    }
    return match_from(piece + 1, word + 1, words, role, hit);
}

std::optional<PhraseHit> Phrase::find(std::span<const SpecToken> words, const RoleName& role,
                                      std::size_t from) const {
    if (pieces_.empty()) return std::nullopt;
    for (std::size_t begin = from; begin < words.size(); ++begin) {
        PhraseHit hit{begin, begin, fixed_};
        if (match_from(0, begin, words, role, hit)) return hit;
    }
    return std::nullopt;
}

const Phrase* first_found(std::span<const Phrase> phrases, std::span<const SpecToken> words,
                          const RoleName& role) {
    for (const Phrase& phrase : phrases) {
        if (phrase.find(words, role)) return &phrase;
    }
    return nullptr;
}

const Phrase* first_asserted(std::span<const Phrase> phrases, std::span<const SpecToken> words,
                             const RoleName& role, const std::vector<bool>& apart) {
    auto denied = [&](std::size_t at) {
        constexpr std::array<std::string_view, 8> kDenials = {
            "no", "not", "without", "neither", "never", "already", "nor", "nothing"};
        constexpr std::array<std::string_view, 22> kBetween = {
            "a",    "an", "any", "the", "been",   "and",     "has",  "have",
            "can",  "be", "is",  "are", "1",      "contain", "need", "to",
            "make", "it", "add", "use", "depend", "depends"};
        for (std::size_t back = 1; back <= 5 && back <= at; ++back) {
            const std::string& word = words[at - back].norm;
            if (std::ranges::find(kDenials, word) != kDenials.end()) return true;
            // "already synchronized and debounced"
            const bool participle = word.ends_with("ed");
            const bool between = std::ranges::find(kBetween, word) != kBetween.end();
            if (!between && !participle) return false;
        }
        return false;
    };
    for (const Phrase& phrase : phrases) {
        for (auto hit = phrase.find(words, role); hit;
             hit = phrase.find(words, role, hit->begin + 1)) {
            // "for one clock cycle" is no number of cycles.
            const bool single = hit->value && *hit->value <= 1;
            const bool elsewhere = hit->begin < apart.size() && apart[hit->begin];
            if (!single && !elsewhere && !denied(hit->begin)) return &phrase;
        }
    }
    return nullptr;
}

}  // namespace rtlgen::datasets

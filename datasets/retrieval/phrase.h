// SPDX-License-Identifier: Apache-2.0
// Patterns of words that the library's metadata look for in a specification.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "datasets/retrieval/spec_text.h"

namespace rtlgen::datasets {

/// The port that plays a role, lower case; empty where none does.
using RoleName = std::function<std::string(std::string_view role)>;

/// Where a phrase was found, and the number that it means.
struct PhraseHit {
    std::size_t begin = 0;  ///< first word
    std::size_t end = 0;    ///< after the last
    std::optional<std::int64_t> value;
};

/// Words in a row: `word`, `one|other`, `begin*` (a prefix), `*` (any word), `~` (up to seven of
/// any), `#` (a number), `%` (a number that isn't the one meant), `{role}` (the port of a role).
/// `#*1000` scales the number; a last `:8` gives one that isn't written. It never crosses the end
/// of a sentence.
class Phrase {
public:
    explicit Phrase(std::string_view pattern);

    [[nodiscard]] std::optional<PhraseHit> find(std::span<const SpecToken> words,
                                                const RoleName& role, std::size_t from = 0) const;
    /// In words.
    [[nodiscard]] std::size_t length() const { return pieces_.size(); }
    [[nodiscard]] const std::string& text() const { return text_; }

private:
    struct Piece {
        std::vector<std::string> alternatives;  ///< with a last '*' a prefix
        bool any = false;
        bool number = false;
        bool value = false;  ///< the number is what the phrase means
        bool gap = false;
    };
    [[nodiscard]] bool match_from(std::size_t piece, std::size_t word,
                                  std::span<const SpecToken> words, const RoleName& role,
                                  PhraseHit& hit) const;
    [[nodiscard]] bool matches(const Piece& piece, const SpecToken& word,
                               const RoleName& role) const;

    std::string text_;
    std::vector<Piece> pieces_;
    std::int64_t scale_ = 1;
    std::optional<std::int64_t> fixed_;
};

/// The first of `phrases` that is found, or null.
[[nodiscard]] const Phrase* first_found(std::span<const Phrase> phrases,
                                        std::span<const SpecToken> words, const RoleName& role);

/// The same, but for mentions that are denied, "no parity", "without a state machine", and those at
/// words that `apart` has set.
[[nodiscard]] const Phrase* first_asserted(std::span<const Phrase> phrases,
                                           std::span<const SpecToken> words, const RoleName& role,
                                           const std::vector<bool>& apart = {});

}  // namespace rtlgen::datasets

// SPDX-License-Identifier: Apache-2.0
// What a library design always does, and the sentences that ask for something else.
#pragma once

#include <string>
#include <vector>

#include "core/base/result.h"
#include "datasets/retrieval/adaptation.h"

namespace rtlgen::datasets {

enum class ClaimScope { Clause, Sentence };

/// One thing that a design does, such as "the line idles high", and how a text denies it: a clause
/// in which each group of `about` and a phrase of `against` are found, in any order, but none of
/// `unless`.
struct Claim {
    std::string says;
    std::string role;      ///< heard only where this port is there; empty: always
    std::string flag;      ///< heard only with this flag of the adaptation; empty: always
    std::string not_flag;  ///< heard only without it
    ClaimScope scope = ClaimScope::Clause;
    std::vector<std::vector<Phrase>> about;
    std::vector<Phrase> against;
    std::vector<Phrase> unless;
    /// What numbers of `against` are no contradiction: numbers, or names that `claim_number` knows.
    std::vector<std::string> numbers;
};

/// The texts that a design's claims are read from.
struct ClaimTexts {
    std::string own;     ///< the design's claims.toml; with `common = true` the others are its too
    std::string common;  ///< common/claims.toml
    std::string words;   ///< common/claim_words.toml: what `@name` in a phrase stands for
};

/// Reads the claims of a design. `where`: for errors. Error Config.
Result<std::vector<Claim>> parse_claims(const std::string& where, const ClaimTexts& texts);

/// Nothing where `spec` says nothing against what the adapted design does. Error NotFound: the
/// claim and the clause that contradicts it. Deterministic; linear in words times phrases.
Status check_claims(const std::vector<Claim>& claims, const ReadSpec& spec,
                    const Adaptation& adaptation);

}  // namespace rtlgen::datasets

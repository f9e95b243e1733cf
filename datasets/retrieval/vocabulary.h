// SPDX-License-Identifier: Apache-2.0
// Words that a design's texts and common prose account for: many others mean another design.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "datasets/retrieval/adaptation.h"

namespace rtlgen::datasets {

/// A crude stem, enough to bring "incremented" and "increments" together.
[[nodiscard]] std::string stem_of(std::string_view word);

/// Words that a design's texts don't account for.
struct UnknownWords {
    std::vector<std::string> of_behaviour;
    std::vector<std::string> of_context;  ///< in sentences that name no port alone
};

class Vocabulary {
public:
    /// All words of `text` become known.
    void learn(std::string_view text);
    void learn_stems(const std::set<std::string>& stems) {
        stems_.insert(stems.begin(), stems.end());
    }
    [[nodiscard]] const std::set<std::string>& stems() const { return stems_; }

    /// The distinct words of `spec` that are unknown, in order of first use; names of ports,
    /// parameters and the module are no words.
    [[nodiscard]] UnknownWords unknown_words(const ReadSpec& spec) const;
    /// How many distinct words `spec` has.
    [[nodiscard]] static std::size_t count_words(const ReadSpec& spec);

private:
    std::set<std::string> stems_;
};

}  // namespace rtlgen::datasets

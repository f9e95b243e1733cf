// SPDX-License-Identifier: Apache-2.0
// Words of a specification that may be names of ports, and what stands around them.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "datasets/retrieval/port_tagger.h"

namespace rtlgen::datasets {

struct PortWord {
    std::string name;
    std::vector<std::size_t> at;  ///< indices of its tokens
};

/// Words that can be identifiers, common ones only where they are quoted; in order of first
/// mention.
[[nodiscard]] std::vector<PortWord> port_words(const ReadSpec& spec,
                                               const WordFrequencies& frequencies);

enum class OwnText { Counted, New };  ///< whether the frequencies have counted this text

/// Parts and shape of the name, how it was read, and the tokens around each mention.
[[nodiscard]] std::vector<std::string> port_word_features(const ReadSpec& spec,
                                                          const PortWord& word,
                                                          const WordFrequencies& frequencies,
                                                          OwnText own);

/// What a name by itself says: its parts, their trigrams, and all parts together.
void add_name_features(std::string_view name, std::set<std::string>& features);

/// `i_wrEn2` -> i, wr, en.
[[nodiscard]] std::vector<std::string> name_parts(std::string_view name);

}  // namespace rtlgen::datasets

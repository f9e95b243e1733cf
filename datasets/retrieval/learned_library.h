// SPDX-License-Identifier: Apache-2.0
// What the examples of all designs teach: trained once, when the program is built, and embedded.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>

#include "core/base/resources.h"
#include "core/base/result.h"
#include "datasets/retrieval/design_examples.h"
#include "datasets/retrieval/word_model.h"

namespace rtlgen::datasets {

/// The label of texts that are about none of the designs that examples teach.
inline constexpr const char* kNoDesign = "";

/// What the examples of one design, or of all, say beside its models.
struct ExampleWords {
    std::set<std::string> stems;     ///< of all their words
    std::set<std::string> harmless;  ///< phrases that would refuse them
};

struct LearnedLibrary {
    WordModel topics;  ///< labels: names of designs, and kNoDesign
    std::map<std::string, std::shared_ptr<const LearnedDesign>> designs;  ///< with examples alone
    std::map<std::string, ExampleWords> words;  ///< by design, strictly matched ones too
    std::set<std::string> harmless;  ///< phrases for all designs that would refuse an example
};

/// Learns from the examples in `tree`: some seconds of CPU for hundreds of them; deterministic.
/// Errors: Config (an example's first line, metadata).
Result<LearnedLibrary> learn_library(const ResourceTree& tree);

/// Names of the designs in `tree`, sorted: folders with a metadata.toml.
[[nodiscard]] std::vector<std::string> design_names(const ResourceTree& tree);

/// `phrases` without those whose text is in `harmless`.
void drop_harmless(const std::set<std::string>& harmless, std::vector<Phrase>& phrases);

/// As CBOR (RFC 8949); weights are kept to 1/4096.
[[nodiscard]] std::string to_bytes(const LearnedLibrary& learned);
/// Error Config: these are no such bytes.
Result<LearnedLibrary> learned_from_bytes(std::string_view bytes);

}  // namespace rtlgen::datasets

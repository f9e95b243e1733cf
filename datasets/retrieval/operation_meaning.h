// SPDX-License-Identifier: Apache-2.0
// Operations by what single words mean: "the conjunction of both", "moved towards the MSB".
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "datasets/retrieval/design_rules.h"

namespace rtlgen::datasets {

/// The name of the operation that all telling words agree on; empty where they don't, or a word is
/// unknown.
[[nodiscard]] std::string operation_by_meaning(const RuleContext& context,
                                               std::span<const SpecToken> tokens);

/// A short name in capitals, which the words beside it explain.
[[nodiscard]] bool is_mnemonic(std::string_view raw);

}  // namespace rtlgen::datasets

// SPDX-License-Identifier: Apache-2.0
// Operations by the phrases of the metadata: "shift left", "{a} plus {b}".
#pragma once

#include <span>

#include "datasets/retrieval/design_rules.h"

namespace rtlgen::datasets {

/// The operation of the design whose phrase a clause of `tokens` is; null where none is.
[[nodiscard]] const Operation* operation_by_phrases(const RuleContext& context,
                                                    std::span<const SpecToken> tokens);

}  // namespace rtlgen::datasets

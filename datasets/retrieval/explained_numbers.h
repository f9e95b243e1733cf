// SPDX-License-Identifier: Apache-2.0
// Whether each number of a specification is accounted for: one that isn't may be its very point.
#pragma once

#include "datasets/retrieval/design_rules.h"

namespace rtlgen::datasets {

/// Error NotFound names the first number that nothing in `adaptation` stands for.
Status all_numbers_explained(const RuleContext& context, Adaptation& adaptation);

/// The same for Gray counters: a list of codes explains its numbers. Error NotFound also where a
/// list isn't the reflected code.
Status all_numbers_or_gray_codes_explained(const RuleContext& context, Adaptation& adaptation);

}  // namespace rtlgen::datasets

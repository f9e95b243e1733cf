// SPDX-License-Identifier: Apache-2.0
// The options of a library design (parity, direction ...) that a specification asks for.
#pragma once

#include "datasets/retrieval/design_rules.h"

namespace rtlgen::datasets {

/// Sets the flags of each option's value: the one that is said, else its default, which is noted.
/// Error NotFound: two values are said, or one that the design hasn't.
Status choose_options(const RuleContext& context, Adaptation& adaptation);

}  // namespace rtlgen::datasets

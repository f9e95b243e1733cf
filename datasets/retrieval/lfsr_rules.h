// SPDX-License-Identifier: Apache-2.0
// Taps and seed of a linear-feedback shift register, from lists, polynomials and sums of bits.
#pragma once

#include <cstdint>
#include <optional>

#include "datasets/retrieval/design_rules.h"

namespace rtlgen::datasets {

/// Settles TAPS (bit t-1 for a tap at t) and SEED of an LFSR of WIDTH bits; all ways of saying the
/// taps have to agree. Error NotFound: taps that contradict each other or aren't said.
Status lfsr_rules(const RuleContext& context, Adaptation& adaptation);

/// Taps of a maximal-length LFSR (Ward and Molteno's table; Xilinx XAPP 052), as a mask; none: no
/// such width, 2 to 32.
[[nodiscard]] std::optional<std::int64_t> maximal_taps(std::int64_t width);

}  // namespace rtlgen::datasets

// SPDX-License-Identifier: Apache-2.0
// Loops of logic without a register in a flat netlist.
#pragma once

#include <optional>

#include "verify/prove/nets.h"

namespace rtlgen::verify {

/// A bit that depends on itself. Bit by bit through cells that work so; any output bit of other
/// cells counts as made of all their input bits, so that a loop may be found where none is.
[[nodiscard]] std::optional<RtlilBit> find_loop(const Nets& nets);

}  // namespace rtlgen::verify

// SPDX-License-Identifier: Apache-2.0
// What a cell of a mapped netlist counts as: by Yosys's own types, or by the library's description.
#pragma once

#include <string_view>

#include "synth/liberty.h"

namespace rtlgen::synth {

enum class CellRole {
    Combinational,
    FlipFlop,
    Latch,
    Memory,      ///< a whole memory that was kept as one
    NoHardware,  ///< what stands in a netlist for simulation or proofs alone
    BlackBox,    ///< a module whose inside is unknown
};

/// `library` may be null: every type that isn't Yosys's is a black box then.
[[nodiscard]] CellRole cell_role(std::string_view type, const Liberty* library);

/// Bits of state that one cell of this type has in a netlist of single bits.
[[nodiscard]] int state_bits(std::string_view type, const Liberty* library);

}  // namespace rtlgen::synth

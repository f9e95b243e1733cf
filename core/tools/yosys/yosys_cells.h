// SPDX-License-Identifier: Apache-2.0
// What Yosys's own cell types are (its "Internal cell library"): by name, word-wide and gate-level.
#pragma once

#include <string_view>

namespace rtlgen::tools {

enum class YosysCellKind {
    Combinational,
    FlipFlop,
    Latch,       ///< set-reset latches too
    Memory,      ///< a whole memory, or one of its ports
    NoHardware,  ///< for simulation and proofs: $print, $assert, $scopeinfo
    Module,      ///< an instance of a module: of the design, of a library, or a black box
};

/// Of any type that stands in a netlist: what doesn't begin with `$` is a module.
[[nodiscard]] YosysCellKind yosys_cell_kind(std::string_view type);

}  // namespace rtlgen::tools

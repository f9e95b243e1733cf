// SPDX-License-Identifier: Apache-2.0
#include "synth/cell_role.h"

#include "core/tools/yosys/yosys_cells.h"

namespace rtlgen::synth {

CellRole cell_role(std::string_view type, const Liberty* library) {
    using tools::YosysCellKind;
    switch (tools::yosys_cell_kind(type)) {
        case YosysCellKind::Combinational: return CellRole::Combinational;
        case YosysCellKind::FlipFlop: return CellRole::FlipFlop;
        case YosysCellKind::Latch: return CellRole::Latch;
        case YosysCellKind::Memory: return CellRole::Memory;
        case YosysCellKind::NoHardware: return CellRole::NoHardware;
        case YosysCellKind::Module: break;
    }
    const LibertyCell* cell = library == nullptr ? nullptr : library->find(type);
    if (cell == nullptr) return CellRole::BlackBox;
    switch (cell->kind) {
        case LibertyCell::Kind::FlipFlop: return CellRole::FlipFlop;
        case LibertyCell::Kind::Latch: return CellRole::Latch;
        case LibertyCell::Kind::Combinational: break;
    }
    return CellRole::Combinational;
}

int state_bits(std::string_view type, const Liberty* library) {
    const CellRole role = cell_role(type, library);
    if (role != CellRole::FlipFlop && role != CellRole::Latch) return 0;
    const LibertyCell* cell = library == nullptr ? nullptr : library->find(type);
    return cell == nullptr ? 1 : cell->bits;
}

}  // namespace rtlgen::synth

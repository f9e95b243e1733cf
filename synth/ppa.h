// SPDX-License-Identifier: Apache-2.0
// Numbers of a synthesized netlist, with what they were measured against.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/units.h"
#include "synth/path_depth.h"

namespace rtlgen::synth {

/// Counts of cells by type.
using CellCounts = std::map<std::string, std::int64_t>;

/// The latches of one signal.
struct LatchSignal {
    std::string signal;
    int bits = 0;
    std::string source;  ///< `FILE:LINE.COL...` in the tool's names; or empty
    bool operator==(const LatchSignal&) const = default;
};

/// An array that the source addresses, before it becomes cells.
struct Memory {
    std::string name;
    std::int64_t words = 0;
    std::int64_t width = 0;  ///< bits of a word
    /// Cells: made of flip-flops (a constant table: of gates), which are among the netlist's cells.
    /// Memory: too large for that; in no count of cells and no area.
    enum class Became { Cells, Memory } became = Became::Cells;
    [[nodiscard]] std::int64_t bits() const { return words * width; }
    bool operator==(const Memory&) const = default;
};

/// A module whose inside is unknown: in no count of cells and no area.
struct BlackBox {
    std::string module;
    std::vector<std::string> instances;
    bool operator==(const BlackBox&) const = default;
};

/// Which library the area is of.
struct LibraryId {
    std::string name;
    std::string path;  ///< as the user gave it
    std::string sha256;
    std::string corner;  ///< as the library names it; or empty
    bool operator==(const LibraryId&) const = default;
};

struct Ppa {
    std::int64_t cells = 0;  ///< of the mapped netlist; black boxes and kept memories aren't among
    CellCounts cells_by_type;
    std::int64_t registers = 0;  ///< bits of flip-flops that are no words of memories
    std::int64_t flip_flops =
        0;  ///< bits of flip-flops in the mapped netlist, words of memories too
    std::vector<LatchSignal> latches;
    std::vector<Memory> memories;
    std::vector<BlackBox> black_boxes;
    std::optional<LogicDepth> depth;  ///< none: a loop, or a netlist too large to be read back
    std::optional<CombinationalLoop> loop;
    std::optional<AreaUm2> area;    ///< with a library alone
    CellCounts cells_without_area;  ///< cells that the library has nothing for: not in the area
    std::optional<LibraryId> library;
    std::int64_t port_bits = 0;

    [[nodiscard]] std::int64_t latch_bits() const;
    [[nodiscard]] std::int64_t memory_bits() const;
    bool operator==(const Ppa&) const = default;
};

}  // namespace rtlgen::synth

// SPDX-License-Identifier: Apache-2.0
// A cell library as a Liberty file describes it (Liberty User Guide, volume 1), as far as numbers
// of a netlist need it: which cells there are, their area, which of them hold state.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/base/units.h"

namespace rtlgen::synth {

/// The pins of a latch of one bit that has an enable, a data input, an output, and no more.
struct LatchPins {
    std::string enable;
    std::string data;
    std::string output;
    bool enabled_by_low = false;
    bool operator==(const LatchPins&) const = default;
};

struct LibertyCell {
    enum class Kind { Combinational, FlipFlop, Latch };
    std::string name;
    AreaUm2 area;
    Kind kind = Kind::Combinational;
    int bits = 1;                               ///< of state
    std::map<std::string, bool> pin_is_output;  ///< inout pins count as outputs
    std::optional<LatchPins> latch;             ///< of a latch that is as plain as that
    bool operator==(const LibertyCell&) const = default;
};

struct Liberty {
    std::string name;    ///< of its library group
    std::string corner;  ///< the default operating conditions, else "process P, V V, T C"; or empty
    std::map<std::string, LibertyCell, std::less<>> cells;
    bool has_timing = false;  ///< some pin has a delay

    [[nodiscard]] const LibertyCell* find(std::string_view cell) const;
    /// Cells of a kind.
    [[nodiscard]] std::size_t count(LibertyCell::Kind kind) const;
    bool operator==(const Liberty&) const = default;
};

/// Error InvalidArgument, with the line in `where` after `path`: no Liberty text, a group that is
/// never closed, no library group, no cell.
Result<Liberty> parse_liberty(std::string_view text, const std::string& path);

}  // namespace rtlgen::synth

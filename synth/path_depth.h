// SPDX-License-Identifier: Apache-2.0
// The longest way through combinational cells, and circles of them: a topological order after Kahn
// (1962).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "synth/liberty.h"
#include "synth/netlist.h"

namespace rtlgen::synth {

/// The longest path from a port, a state or a black box to another: its combinational cells,
/// buffers and inverters among them. 0: only wires.
struct LogicDepth {
    int cells = 0;
    std::string from;  ///< the signal that it begins at; empty where it has no name in the source
    std::string to;
    bool operator==(const LogicDepth&) const = default;
};

/// Signals that depend on themselves through combinational cells alone.
struct CombinationalLoop {
    std::vector<std::string> signals;  ///< those that the source names, sorted
    std::string source;                ///< where the first is declared, as of NetlistCell; or empty
    bool operator==(const CombinationalLoop&) const = default;
};

struct PathReport {
    std::optional<LogicDepth> depth;  ///< none where there is a loop
    std::optional<CombinationalLoop> loop;
};

/// `library` may be null. Linear in the netlist; deterministic.
[[nodiscard]] PathReport measure_paths(const Netlist& netlist, const Liberty* library);

}  // namespace rtlgen::synth

// SPDX-License-Identifier: Apache-2.0
// A flat netlist as Yosys's `write_json` gives it, as far as fan-in cones need it.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/tools/yosys/yosys_cells.h"

namespace rtlgen::verify {

/// Bits are numbered; constants are left out.
using Bits = std::vector<int>;

struct NetCell {
    tools::YosysCellKind kind = tools::YosysCellKind::Combinational;
    std::string source;  ///< the attribute `src`
    std::string memory;  ///< of a memory port: the memory's name; else empty
    Bits inputs;         ///< but for clocks
    Bits clocks;
    Bits outputs;
};

struct NetName {
    std::string name;  ///< dotted; names that Yosys made up are left out
    std::string source;
    Bits bits;
};

struct NetPort {
    std::string name;
    bool is_input = false;
    Bits bits;
};

struct Netlist {
    std::vector<NetPort> ports;
    std::vector<NetCell> cells;
    std::vector<NetName> names;
    std::map<std::string, std::string> memory_sources;  ///< by name
};

/// The module that is marked as the top, else the only one. Error ToolFailed where the text is no
/// such netlist.
Result<Netlist> parse_netlist(std::string_view json);

}  // namespace rtlgen::verify

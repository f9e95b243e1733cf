// SPDX-License-Identifier: Apache-2.0
// One flat module as Yosys's `write_json` tells it: cells, the nets between them and their names.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace rtlgen::synth {

/// A one-bit net; constants are none.
using NetBit = std::int64_t;

struct NetlistPort {
    std::string name;
    std::vector<NetBit> bits;
    enum class Direction { Input, Output, Unknown } direction = Direction::Unknown;
};

struct NetlistCell {
    std::string name;
    std::string type;
    std::string source;              ///< `FILE:LINE.COL-LINE.COL`, several parted by `|`; or empty
    std::vector<NetlistPort> ports;  ///< in the order of the text; inout as outputs
    std::map<std::string, std::string> parameters;  ///< of memories alone; numbers as bits
};

/// How a user knows a net: `name` or `name[3]`.
struct NetName {
    std::string signal;
    int index = -1;      ///< within the signal; -1 where it has one bit
    std::string source;  ///< as of NetlistCell
    [[nodiscard]] std::string text() const {
        return index < 0 ? signal : signal + "[" + std::to_string(index) + "]";
    }
};

struct Netlist {
    std::string top;
    std::vector<NetlistPort> ports;  ///< direction as the module's user sees it
    std::vector<NetlistCell> cells;
    std::map<NetBit, NetName> names;  ///< of the nets that the source names
};

/// The module with the attribute `top`, else the only one with cells or ports.
/// Error ToolFailed where the text is no such JSON.
Result<Netlist> read_netlist(std::string_view json);

}  // namespace rtlgen::synth

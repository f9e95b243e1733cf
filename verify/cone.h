// SPDX-License-Identifier: Apache-2.0
// The fan-in cone of outputs: the inputs and registers that they depend on, and the source lines
// that say how, from a netlist of Yosys or, where there is none, from the design's tokens.
#pragma once

#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/domain/failure_trace.h"
#include "core/domain/source_set.h"
#include "core/tools/toolset.h"

namespace rtlgen::verify {

struct ConeRegister {
    std::string name;  ///< below the top, dotted; a memory by its name
    int width = 1;
    int distance = 1;  ///< registers from the output up to and with this one
    bool operator==(const ConeRegister&) const = default;
};

/// Lists are in the order of the distance from the output.
struct Cone {
    std::vector<std::string> inputs;  ///< of the top
    std::vector<ConeRegister> registers;
    std::vector<DrivingLine> lines;  ///< each once
    std::string clock;               ///< the input that clocks the nearest register; empty: none
    std::string read_by;             ///< "yosys 0.23 (read_verilog)", "the lexer"
    bool operator==(const Cone&) const = default;
};

/// At most so many registers and lines; the farthest are left out.
inline constexpr std::size_t kMostConeRegisters = 64;
inline constexpr std::size_t kMostConeLines = 64;

/// The cone of `outputs` (names of the top's ports) in a flat netlist as `write_json` gives it.
/// `design`: whose texts the lines are looked up in. Pure; linear in the netlist.
/// Error ToolFailed where the text is no such netlist, NotFound where it has none of the outputs.
Result<Cone> parse_cone(std::string_view netlist, const SourceSet& design,
                        const std::vector<std::string>& outputs);

/// The same by following assignments from name to name in the modules' tokens: over-full where
/// modules share names, and blind to what connects instances but by name. Never fails.
[[nodiscard]] Cone lexed_cone(const SourceSet& design, const std::vector<std::string>& outputs);

/// Yosys in the jail (`proc; flatten`), each of its readers in turn; else the lexer, and `read_by`
/// says so. Errors are the machine's.
Result<Cone> find_cone(const SourceSet& design, const std::vector<std::string>& outputs,
                       const tools::Toolset& toolset, process::Runner& runner,
                       const std::stop_token& stop);

}  // namespace rtlgen::verify

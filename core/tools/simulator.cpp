// SPDX-License-Identifier: Apache-2.0
#include "core/tools/simulator.h"

#include "core/tools/icarus/icarus_simulator.h"
#include "core/tools/verilator/verilator_simulator.h"

namespace rtlgen::tools {
namespace {

bool has_icarus(const Toolset& toolset) { return toolset.find(ToolKind::Icarus) != nullptr; }

bool has_verilator(const Toolset& toolset) {
    return toolset.find(ToolKind::Verilator) != nullptr && toolset.find(ToolKind::Cxx) != nullptr;
}

}  // namespace

bool ran_to_its_end(const SimulationResult& result) {
    const process::StepEnd end = result.run.end;
    return result.compiled && !result.crashed &&
           (end == process::StepEnd::Exited || end == process::StepEnd::Signaled);
}

const std::vector<Simulator>& simulators() {
    static const std::vector<Simulator> rows = {
        {"icarus", ToolKind::Icarus, has_icarus, icarus::simulate},
        {"verilator", ToolKind::Verilator, has_verilator, verilator::simulate},
    };
    return rows;
}

}  // namespace rtlgen::tools

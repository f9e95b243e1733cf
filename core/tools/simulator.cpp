// SPDX-License-Identifier: Apache-2.0
#include "core/tools/simulator.h"

#include "core/tools/icarus/icarus_simulator.h"

namespace rtlgen::tools {
namespace {

bool has_icarus(const Toolset& toolset) { return toolset.find(ToolKind::Icarus) != nullptr; }

}  // namespace

const std::vector<Simulator>& simulators() {
    static const std::vector<Simulator> rows = {
        {"icarus", ToolKind::Icarus, has_icarus, icarus::simulate},
    };
    return rows;
}

}  // namespace rtlgen::tools

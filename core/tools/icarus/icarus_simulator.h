// SPDX-License-Identifier: Apache-2.0
// Icarus Verilog as a simulator: ivlpp, ivl and vvp in one job.
#pragma once

#include "core/tools/simulator.h"

namespace rtlgen::tools::icarus {

/// Pure. Error InvalidArgument as jail_sources says.
Result<process::JobSpec> plan_simulation(const Tool& tool, const SimulationRequest& request);
/// Pure.
SimulationResult parse_simulation(const Tool& tool, const SimulationRequest& request,
                                  const process::JobResult& result);

Result<SimulationResult> simulate(const Toolset& toolset, const SimulationRequest& request,
                                  process::Runner& runner, std::stop_token stop);

}  // namespace rtlgen::tools::icarus

// SPDX-License-Identifier: Apache-2.0
// What every simulator's parse starts from.
#pragma once

#include "core/tools/simulator.h"

namespace rtlgen::tools {

/// Fills tool, compile_log, compile_end, compiled, run, outputs and level. The last step is the
/// run, those before it the compile.
[[nodiscard]] SimulationResult simulation_outcome(const Tool& tool,
                                                  const process::JobResult& result);

/// Leads findings and the finish site back to the paths of `set`, as the user gave them.
void to_user_paths(SimulationResult& simulation, const SourceSet& set);

/// Adds data files and plusargs; Error InvalidArgument where a plusarg doesn't begin with `+` or
/// holds a control character.
Status add_run_inputs(process::JobSpec& job, process::Step& run, const SimulationRequest& request);

}  // namespace rtlgen::tools

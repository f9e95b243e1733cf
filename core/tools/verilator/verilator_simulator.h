// SPDX-License-Identifier: Apache-2.0
// Verilator as a simulator, without make: the generated C++ is compiled as one unit at -O0 upon a
// precompiled header, and linked with a runtime that was built once.
#pragma once

#include <filesystem>

#include "core/tools/simulator.h"
#include "core/tools/verilator/verilator_runtime.h"

namespace rtlgen::tools::verilator {

/// Vcd where the request wants a file that ends with `.vcd`.
[[nodiscard]] Trace trace_of(const SimulationRequest& request);

/// Pure but for which runtime objects there are. `runtime_dir`: of ensure_runtime.
Result<process::JobSpec> plan_simulation(const Runtime& runtime, const SimulationRequest& request,
                                         const std::filesystem::path& runtime_dir);
/// Pure.
SimulationResult parse_simulation(const Tool& tool, const SimulationRequest& request,
                                  const process::JobResult& result);

Result<SimulationResult> simulate(const Toolset& toolset, const SimulationRequest& request,
                                  process::Runner& runner, std::stop_token stop);

}  // namespace rtlgen::tools::verilator

// SPDX-License-Identifier: Apache-2.0
// One side of the out-of-process check: a design, or the reference, alone in a jail under a driver.
#pragma once

#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/tools/simulator.h"
#include "verify/judge.h"
#include "verify/reference/trace.h"

namespace rtlgen::verify {

/// What a simulator that knows no x gives registers before their first assignment.
struct InitialValues {
    enum class Kind { Zeros, Ones, Random } kind = Kind::Zeros;
    std::uint32_t seed = 1;  ///< of Random; not 0
};

/// The driver's file, as findings name it.
inline constexpr std::string_view kDriverFile = "rtlgen_driver.sv";

struct SideRequest {
    const DesignInterface& interface;  ///< of the reference
    std::span<const InputRow> rows;    ///< of the stimuli, those to be applied
    SourceSet design;
    process::Limits limits;  ///< of the run
    InitialValues initial_values;
};

/// A run, as far as it got.
struct SideRun {
    tools::SimulationResult simulation;
    std::optional<Trace> trace;  ///< none: it didn't compile, or printed what isn't the driver's
    std::string foreign;         ///< why it isn't
};

/// Compiles `request.design` with a driver of its own and runs it. Nobody can know the driver's
/// names and word beforehand: they come from the system's randomness, and from nothing that is
/// recorded in a verdict.
/// Errors: those of the runner.
Result<SideRun> run_side(const tools::Simulator& simulator, SideRequest request,
                         const JudgeTools& tools, const std::stop_token& stop);

}  // namespace rtlgen::verify

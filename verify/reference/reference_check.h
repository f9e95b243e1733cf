// SPDX-License-Identifier: Apache-2.0
// The simulate check where a reference exists: the design and the reference run apart, in a jail
// each, under the same stimuli, and rtlgen compares what they did. Nothing that judges is in the
// design's process.
#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "verify/judge.h"

namespace rtlgen::verify {

struct ReferenceRequest {
    const SourceSet& design;
    Trust trust = Trust::Candidate;
    const SourceSet& reference;
    SimulatorChoice simulator = SimulatorChoice::Auto;
    process::Limits limits;  ///< of one run
    std::string seed;  ///< of the Run; that of the stimuli is derived from it and the reference
    /// FirstStage: where a proof stands beside it, the first 2,000 vectors are enough.
    enum class Effort { Full, FirstStage } effort = Effort::Full;
    /// First: where that simulator refuses the design, no other one is asked.
    enum class Asked { All, First } asked = Asked::All;
};

struct ReferenceResult {
    Check check;
    Evidence evidence;
    std::vector<Finding> findings;      ///< what a simulator said of a design that it refuses
    std::optional<ToolId> compiled_by;  ///< the simulator that compiled the design; none: nobody
};

/// The check of a reference that can't be compared with, for `reason`: Unknown.
[[nodiscard]] ReferenceResult no_comparison(std::string reason);

/// Pass: every row of outputs is the reference's where that knows them. Fail: interface, mismatch,
/// timeout, resource_limit, forbidden (it printed what only the driver prints). Unknown: what can't
/// be driven or seen from outside, with the reason; x_dependence, where a design without a reset
/// differs in unknown values alone, and in none with random initial values; where Both simulators
/// are asked for and don't agree: race, or x_dependence where what differs is unknown or goes with
/// the initial values. Errors: BadBench (the reference has no top, or no simulator runs it to its
/// end), those of the runner.
Result<ReferenceResult> check_against_reference(const ReferenceRequest& request,
                                                const JudgeTools& tools,
                                                const std::stop_token& stop);

}  // namespace rtlgen::verify

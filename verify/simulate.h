// SPDX-License-Identifier: Apache-2.0
// The simulate check: a testbench run on one simulator or on both.
#pragma once

#include <chrono>
#include <set>
#include <stop_token>
#include <string>

#include "core/base/result.h"
#include "verify/bench_sources.h"
#include "verify/judge.h"

namespace rtlgen::verify {

struct SimulateRequest {
    const SourceSet& design;
    Trust trust = Trust::Candidate;
    const SourceSet& testbench;
    const SourceSet* reference = nullptr;
    SimulatorChoice simulator = SimulatorChoice::Auto;
    process::Limits limits;  ///< of the run
    std::string design_top;
    std::set<std::string> readers;  ///< names of tools that read the design by itself
    /// Time that Auto gives to Icarus before it hands over to Verilator.
    std::chrono::milliseconds first_share{10'000};
};

struct SimulateResult {
    Check check;
    Evidence evidence;
    std::vector<Finding> findings;  ///< what the simulators said of compile and run
};

/// Auto: Icarus first, within a part of the time; Verilator where Icarus does not compile the
/// testbench or does not come to its end. Both: a disagreement is Unknown (race, x_dependence).
/// Where a reference is there, a run that ends by a watchdog or a limit, or that no simulator
/// compiles, is held against the reference in the design's place.
/// Errors: BadBench where the testbench fails its own reference or can't be compiled by itself.
Result<SimulateResult> simulate_design(const SimulateRequest& request, const JudgeTools& tools,
                                       const std::stop_token& stop);

}  // namespace rtlgen::verify

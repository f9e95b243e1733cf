// SPDX-License-Identifier: Apache-2.0
// A counterexample of a proof, driven into design and reference by a simulator: only what differs
// there counts against a design.
#pragma once

#include <stop_token>
#include <string>

#include "core/base/result.h"
#include "verify/prove/proof_engine.h"
#include "verify/reference/prepared_reference.h"

namespace rtlgen::verify {

/// The rows that a counterexample's steps mean in the model of time that they were found in, with
/// the step as each row's cycle. Pure.
[[nodiscard]] Stimulus stimulus_of(const Proof& proof, const DesignInterface& interface);

struct ReplayRequest {
    const Proof& proof;  ///< that Differs
    const PreparedReference& reference;
    const SourceSet& design;  ///< as tools are to see it
    SimulatorChoice simulator = SimulatorChoice::Auto;
    process::Limits limits;
};

struct Replay {
    bool ran = false;  ///< both sides to their ends, by one simulator
    std::string why_not;
    TraceComparison comparison;
    ToolId tool;
};

/// Errors: those of the runner.
Result<Replay> replay(const ReplayRequest& request, const JudgeTools& tools,
                      const std::stop_token& stop);

}  // namespace rtlgen::verify

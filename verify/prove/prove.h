// SPDX-License-Identifier: Apache-2.0
// The prove check: a design is equal to its reference, for all inputs and all time, for some steps,
// or not. The second opinion beside simulation: it speaks of netlists as one tool reads them.
#pragma once

#include <stop_token>

#include "core/base/result.h"
#include "verify/prove/proof_engine.h"
#include "verify/reference/prepared_reference.h"

namespace rtlgen::verify {

/// Names what counts as a proof, for the judge's policy hash.
inline constexpr std::string_view kProofPolicy = "rtlgen.proof.v1";

struct ProveRequest {
    const SourceSet& design;  ///< with its top, as tools are to see it
    const PreparedReference& reference;
    SimulatorChoice simulator = SimulatorChoice::Auto;  ///< for replays
    process::Limits limits;                             ///< of one run of any tool
    ProofBudget budget;
};

struct ProveResult {
    Check check;
    std::optional<std::uint64_t> depth_cycles;  ///< of a bounded proof
    std::vector<std::string> assumptions;       ///< of a proof
    std::optional<Counterexample> counterexample;
    std::optional<ToolId> replayed_by;  ///< the simulator that ran it
};

/// Pass with the detail grade, proven or bounded. Fail: a counterexample that differs in simulation
/// too (mismatch), or ports (interface). Unknown: what can't be proven soundly, with the reason
/// (unjudged); a counterexample that simulation doesn't know (unjudged); run-out (timeout).
/// ToolError: no Yosys works. Errors: those of the runner.
Result<ProveResult> check_by_proof(const ProveRequest& request, const JudgeTools& tools,
                                   const std::stop_token& stop);

/// The same by an engine of the caller's.
Result<ProveResult> check_by_proof(const ProveRequest& request, ProofEngine& engine,
                                   const JudgeTools& tools, const std::stop_token& stop);

}  // namespace rtlgen::verify

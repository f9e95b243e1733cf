// SPDX-License-Identifier: Apache-2.0
// The proof engine that asks Yosys: one process a question, or where the tool can, one that reads
// the reference once for all designs.
#pragma once

#include "core/process/runner.h"
#include "core/tools/toolset.h"
#include "verify/prove/proof_engine.h"
#include "verify/prove/proof_script.h"

namespace rtlgen::verify {

class YosysEngine : public ProofEngine {
public:
    /// Both outlive it; `yosys` is a Yosys.
    YosysEngine(const tools::Tool& yosys, process::Runner& runner)
        : yosys_(yosys), runner_(runner) {}

    Result<std::vector<Proof>> prove(const ProofTask& task, const std::stop_token& stop) override;

private:
    const tools::Tool& yosys_;
    process::Runner& runner_;
};

/// What a run of plan_proof tells about its question, and what to ask next. Pure.
struct ProofAnswer {
    enum class Next { Done, OtherReferenceReader, OtherDesignReader, OtherModel, TryBounded };
    Next next = Next::Done;
    Proof proof;  ///< OtherModel: proof.model is the one to ask for
};
[[nodiscard]] ProofAnswer read_proof(const tools::YosysResult& result, const ProofBudget& budget,
                                     const ProofQuestion& question);

}  // namespace rtlgen::verify

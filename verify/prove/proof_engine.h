// SPDX-License-Identifier: Apache-2.0
// What a proof of two designs' equality is asked and answers, whoever makes it.
#pragma once

#include <chrono>
#include <map>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/domain/source_set.h"
#include "core/domain/verdict.h"
#include "verify/prove/soundness.h"

namespace rtlgen::verify {

/// How much a proof may cost.
struct ProofBudget {
    std::chrono::seconds cpu{30};  ///< of one run of an engine's program
    int induction_steps = 12;      ///< the deepest induction that is tried
    int bounded_steps = 24;        ///< of the proof that is tried where induction doesn't succeed
    int settling_steps = 16;       ///< within which the reference's outputs must become known
};

/// The tops are named, files are in memory or at their host paths, as the tools are to see them.
struct ProofTask {
    const SourceSet& reference;
    std::vector<const SourceSet*> designs;
    ProofBudget budget;
};

enum class ProofEnd {
    Proven,     ///< equal for all inputs and all time
    Bounded,    ///< equal for all inputs in the first `depth` steps
    Differs,    ///< as far as the engine can tell: `steps` are to be replayed
    Interface,  ///< ports that the reference has are missing or others, or inputs that it hasn't
    Obstacle,   ///< it can't be proven soundly, and why
    Unread,     ///< the engine doesn't read a side
    RanOut,     ///< of time, memory or steps
    Broke,      ///< the engine's program crashed
};

/// Values of inputs at one step, by port, as binary digits, the highest first.
using InputValues = std::map<std::string, std::string>;

struct Proof {
    ProofEnd end = ProofEnd::Broke;
    std::string reason;  ///< one line
    ToolId tool;
    std::string reference_reader;  ///< "read_slang", "read_verilog"; empty: none reads it
    std::string design_reader;
    TimeModel model = TimeModel::None;
    std::set<ClockEdge> clocks;      ///< of both sides
    int depth = 0;                   ///< steps of the induction or of the bounded proof
    std::vector<InputValues> steps;  ///< where it Differs
};

class ProofEngine {
public:
    virtual ~ProofEngine() = default;

    /// Each design against the reference, in their order; no answer depends on another design.
    /// Errors are the machine's: those of a runner, and InvalidArgument where a set can't be given
    /// to a tool.
    virtual Result<std::vector<Proof>> prove(const ProofTask& task,
                                             const std::stop_token& stop) = 0;
};

}  // namespace rtlgen::verify

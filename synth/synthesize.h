// SPDX-License-Identifier: Apache-2.0
// Synthesis of one design to numbers: readers in their order, the flow, what stands against it.
#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/domain/finding.h"
#include "core/domain/source_set.h"
#include "core/domain/verdict.h"
#include "core/process/runner.h"
#include "core/tools/toolset.h"
#include "synth/flow.h"
#include "synth/ppa.h"

namespace rtlgen::synth {

struct SynthRequest {
    SourceSet design;  ///< its top is known
    std::optional<Library> library;
    std::optional<DelayNs> clock_period;  ///< what mapping to the library aims at
    process::Limits limits;               ///< of one run of the tool
};

/// Limits of a run of `wall`, wide enough for a processor core's netlist.
[[nodiscard]] process::Limits flow_limits(std::chrono::milliseconds wall);

enum class SynthOutcome {
    Synthesized,
    NotSynthesizable,  ///< the design's fault: findings say where
    Limit,             ///< out of time, memory or space: nothing is known of the design
    ToolError,         ///< no Yosys, or one that broke
    NotRead,           ///< Yosys doesn't know the language of a design that another tool reads
};
/// "synthesized", "not_synthesizable", "limit", "tool_error", "not_read".
std::string_view to_string(SynthOutcome outcome);

/// One reader's way through the flow.
struct SynthAttempt {
    ToolId tool;
    std::string reader;  ///< "read_slang", "read_verilog"
    SynthOutcome outcome = SynthOutcome::ToolError;
    std::string reason;  ///< one line; empty where it is synthesized
    bool operator==(const SynthAttempt&) const = default;
};

struct SynthReport {
    SynthOutcome outcome = SynthOutcome::ToolError;
    std::string reason;                  ///< one line; empty where synthesized
    std::vector<SynthAttempt> attempts;  ///< in order; the last is the one that counts
    std::optional<Ppa> ppa;         ///< where synthesized, or a loop is all that stands against it
    std::vector<Finding> findings;  ///< in the user's paths
    CandidateId design;
    std::optional<DelayNs> clock_period;  ///< as asked for
    process::IsolationLevel isolation = process::IsolationLevel::S0;
};

/// Reads with each of yosys_readers(), each Yosys of the toolset in turn, until one brings the
/// design to cells. A bad design is a report. Errors: InvalidArgument (a library that lacks cells
/// for the design, such as flip-flops; as of add_reading), those of the runner. Deterministic for
/// equal input and tools.
Result<SynthReport> synthesize(const SynthRequest& request, const tools::Toolset& toolset,
                               process::Runner& runner, const std::stop_token& stop);

}  // namespace rtlgen::synth

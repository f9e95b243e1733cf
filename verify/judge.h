// SPDX-License-Identifier: Apache-2.0
// The one judge: every command, batch, score and reward calls it.
#pragma once

#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/cache_folder.h"
#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/domain/problem.h"
#include "core/domain/verdict.h"
#include "core/process/runner.h"
#include "core/tools/toolset.h"

namespace rtlgen::verify {

enum class SimulatorChoice { Auto, Icarus, Verilator, Both };

/// A site's own check: a command from a flag or the user's configuration, run outside the jail in a
/// shell, with the candidate's files as arguments. Its exit code, or the JUnit file that it names
/// in $RTLGEN_JUNIT, tells.
struct SiteCheck {
    std::string name;
    std::string command;
    bool operator==(const SiteCheck&) const = default;
};

struct JudgeRequest {
    SourceSet candidate;
    Origin origin = Origin::Person;
    Trust trust = Trust::Candidate;
    std::optional<SourceSet> testbench;  ///< its top: the testbench's module; empty: detected
    std::optional<SourceSet> reference;
    SimulatorChoice simulator = SimulatorChoice::Auto;
    std::set<std::string>
        require;  ///< lint, synth, proven: failed is a Fail, not come to its end Unknown
    std::vector<SiteCheck> site_checks;
    std::string waiver_text;                   ///< content of --waiver; see lint.h
    std::string waiver_name = "--waiver";      ///< its file, for messages
    std::optional<std::string> baseline_json;  ///< an earlier verdict: only new findings count
    std::string seed = "1";
    process::Limits limits;  ///< of one simulation
    enum class StopAt { FirstFailure, Never } stop_at = StopAt::FirstFailure;
    /// EachFile: the files need not be one design; see file_reading.h. Takes neither a testbench
    /// nor the requirement of synthesis.
    enum class Compile { Whole, EachFile } compile = Compile::Whole;
    /// Sufficient: where a reference judges and nobody asks for lint, a simulator that compiles the
    /// design for its run is enough; the other front ends are asked where it doesn't. The verdict
    /// is the same but for lint, and says who was not asked.
    enum class FrontEnds { All, Sufficient } front_ends = FrontEnds::All;
    /// Yes: a mismatch in simulation is run once more with a dump, for Verdict::failure_trace.
    enum class Trace { No, Yes } trace = Trace::No;
    /// Whether a proof against the reference is tried. Auto: where a reference alone judges.
    /// Require: wherever there is a reference, and without a proof for all time it is no pass.
    enum class Prove { Off, Auto, Require } prove = Prove::Auto;
};

class SharedReferences;

/// What the judge works with; all of it outlives the call.
struct JudgeTools {
    const tools::Toolset& toolset;
    process::Runner& runner;
    Clock& clock;
    CacheFolder cache_dir;  ///< for Verilator's runtime objects; empty: none are kept
    /// Where candidates of one reference share what is made of it; null: each makes its own.
    SharedReferences* references = nullptr;
};

/// Judges a candidate. A bad design is a Verdict; an Error says that nothing could be judged:
/// BadBench, Unreadable, Sandbox, Interrupted, Io. Equal input, tools and seed give an equal
/// Verdict but for its volatile part.
Result<Verdict> judge(const JudgeRequest& request, const JudgeTools& tools, std::stop_token stop);

/// What a verdict says its candidate is.
[[nodiscard]] CandidateId identify(const JudgeRequest& request);

/// An Unknown that no check gave, and why.
[[nodiscard]] Verdict unjudged(const JudgeRequest& request, const JudgeTools& tools,
                               VerdictClass why, Finding finding);

}  // namespace rtlgen::verify

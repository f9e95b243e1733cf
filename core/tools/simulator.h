// SPDX-License-Identifier: Apache-2.0
// Programs that run a testbench: compile in one jail, run in the same, parse what was said.
#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/cache_folder.h"
#include "core/base/result.h"
#include "core/domain/finding.h"
#include "core/domain/source_set.h"
#include "core/tools/toolset.h"

namespace rtlgen::tools {

struct SimulationRequest {
    SourceSet sources;  ///< design, reference and testbench; top: the testbench
    std::vector<process::InputFile> data_files;  ///< beside the run: $readmemh and $fopen find them
    std::vector<std::string> plusargs;
    process::Limits compile_limits;
    process::Limits run_limits;
    CacheFolder cache_dir;  ///< for Verilator's runtime objects; empty: none
    enum class Dumps { Written, None } dumps = Dumps::Written;  ///< None: $dumpvars does nothing
    enum class Finish { Told, Untold } finish = Finish::Told;   ///< Untold: no FinishSite is wanted
    /// Plain: no text uses macros, conditions or includes, and there are no libraries.
    enum class Texts { Any, Plain } texts = Texts::Any;
    std::vector<process::OutputFile> outputs;  ///< to be read out after the run, such as "wave.vcd"
};

/// Where a $finish, $stop or $fatal that ended the run stands.
struct FinishSite {
    std::string task;  ///< "$finish", "$stop", "$fatal"
    std::string file;  ///< as the user named it; empty where the tool doesn't say
    int line = 0;
};

struct SimulationResult {
    ToolId tool;
    bool compiled = false;
    std::vector<Finding> findings;  ///< of the compile
    std::string compile_log;
    process::StepEnd compile_end = process::StepEnd::NotRun;
    /// NotRun where it didn't compile. A verilated program ends by SIGABRT at $stop, $fatal and the
    /// first $error: `finish` tells that from a crash.
    process::StepResult run;
    bool crashed = false;  ///< compile or run ended by a signal or an internal error of the tool
    std::vector<Finding> runtime_findings;  ///< $error, $fatal, assertions, as the tool prints them
    std::optional<FinishSite> finish;
    std::map<std::string, std::string> outputs;
    process::IsolationLevel level = process::IsolationLevel::S0;
};

/// Whether the run ended as the testbench wanted: by itself or by a task, without a crash or limit.
[[nodiscard]] bool ran_to_its_end(const SimulationResult& result);

/// A simulator: a row of simulators().
struct Simulator {
    std::string name;  ///< "icarus", "verilator"
    ToolKind kind;
    bool (*usable)(const tools::Toolset& toolset);
    /// Plan -> run -> parse; Errors are the machine's, never the design's.
    Result<SimulationResult> (*simulate)(const Toolset& toolset, const SimulationRequest& request,
                                         process::Runner& runner, std::stop_token stop);
};

/// Icarus (4-state, cheap to start) and Verilator (2-state, fast once built).
const std::vector<Simulator>& simulators();

}  // namespace rtlgen::tools

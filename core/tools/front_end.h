// SPDX-License-Identifier: Apache-2.0
// Programs that read a design: each one's acceptance is a fact, and one stands in for another.
#pragma once

#include <chrono>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/domain/finding.h"
#include "core/domain/source_set.h"
#include "core/tools/toolset.h"

namespace rtlgen::tools {

/// What reading a design with one front end gave.
struct ReadResult {
    ToolId tool;
    std::string command;  ///< the reader within the tool: "ivl", "lint-only", "read_slang"
    bool accepted = false;
    bool crashed = false;  ///< a signal, or an internal error of the tool
    process::StepEnd end = process::StepEnd::NotRun;
    std::vector<Finding> findings;  ///< errors and warnings, in the user's paths and lines
    std::string log;                ///< all it said
};

/// One way of reading a design: a row of front_ends().
struct FrontEnd {
    std::string name;  ///< "icarus", "verilator", "yosys-slang", "yosys-verilog"
    ToolKind kind;
    int clarity = 0;  ///< whose messages are the best to read: 1 the best; no two are equal
    /// CPU that a first reading gets, for a reader that some texts keep busy without end and whose
    /// answer is not needed where another one reads them; 0: as the plan says.
    std::chrono::seconds first_cpu{0};
    /// Whether this tool has what the row needs.
    bool (*usable)(const Tool& tool);
    /// The job that reads and elaborates `set` under its top (empty: whatever the tool takes as
    /// roots), lint warnings on. Pure.
    Result<process::JobSpec> (*plan)(const Tool& tool, const SourceSet& set);
    /// Pure; golden-tested over recorded logs.
    ReadResult (*parse)(const Tool& tool, const SourceSet& set, const process::JobResult& result);
};

/// Icarus, Verilator, Yosys by read_slang, Yosys by read_verilog.
const std::vector<FrontEnd>& front_ends();

/// plan -> run -> parse, with first_cpu where there is one. Errors are the machine's, never the
/// design's.
Result<ReadResult> read_design(const FrontEnd& front_end, const Tool& tool, const SourceSet& set,
                               process::Runner& runner, std::stop_token stop);

}  // namespace rtlgen::tools

// SPDX-License-Identifier: Apache-2.0
// Programs that resolve a text's macros, conditions and includes.
#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/domain/finding.h"
#include "core/domain/source_set.h"
#include "core/tools/toolset.h"

namespace rtlgen::tools {

/// What one preprocessor made of a set's files.
struct PreprocessorResult {
    ToolId tool;
    bool ok = false;                 ///< it came to its end and had nothing to say
    std::string printed;             ///< the text of all files, with `line directives
    std::vector<std::string> files;  ///< the set's files as those directives name them, in order
    std::vector<Finding> findings;   ///< in the user's paths
    process::StepEnd end = process::StepEnd::NotRun;
};

/// A preprocessor: a row of preprocessors().
struct Preprocessor {
    std::string name;  ///< "ivlpp", "verilator"
    ToolKind kind;
    /// The job whose last step prints the preprocessed text. Pure.
    Result<process::JobSpec> (*plan)(const Tool& tool, const SourceSet& set);
    /// What it said on standard error. Pure.
    std::vector<Finding> (*messages)(std::string_view log);
};

/// Icarus's, which is cheap, then Verilator's, which knows more of SystemVerilog.
const std::vector<Preprocessor>& preprocessors();

/// Macros are those of `set` and of its own files, in their order; no tool adds the names by which
/// texts tell it apart. Any message counts, as one of a warning tells of a guess.
/// Errors: InvalidArgument (as jail_sources says), those of the runner.
Result<PreprocessorResult> run_preprocessor(const Preprocessor& row, const Tool& tool,
                                            const SourceSet& set, process::Runner& runner,
                                            const std::stop_token& stop);

}  // namespace rtlgen::tools

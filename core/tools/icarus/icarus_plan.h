// SPDX-License-Identifier: Apache-2.0
// Icarus Verilog without its driver: ivlpp writes one preprocessed text, ivl reads it. The driver
// would start a shell for the same, at more than the cost of both.
#pragma once

#include "core/base/result.h"
#include "core/process/job.h"
#include "core/tools/jailed_sources.h"
#include "core/tools/toolset.h"

namespace rtlgen::tools::icarus {

/// What ivl shall do with what it read.
enum class Target { Null, Vvp };
/// All classes that lint wants, or none, for a text whose warnings nobody reads.
enum class Warnings { All, None };

/// Done: ivl reads the files themselves, which saves a program.
enum class Preprocessing { ToDo, Done };

struct PlanOptions {
    Target target = Target::Null;
    Warnings warnings = Warnings::All;
    Preprocessing preprocessing = Preprocessing::ToDo;
};

/// Names in the work folder.
inline constexpr std::string_view kPreprocessed = "icarus.pp.sv";
inline constexpr std::string_view kProgram = "icarus.vvp";

/// Adds two steps, ivlpp (where there is something to do for it) and ivl, with their inputs and
/// binds, to `job`.
void add_compile_steps(process::JobSpec& job, const Tool& tool, const SourceSet& set,
                       const JailedSources& sources, const PlanOptions& options);

/// ivlpp alone, which prints the text of all files; macros are those of `set`, without Icarus's
/// own. Errors: those of jail_sources.
Result<process::JobSpec> plan_preprocess(const Tool& tool, const SourceSet& set);

}  // namespace rtlgen::tools::icarus

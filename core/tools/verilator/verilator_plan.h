// SPDX-License-Identifier: Apache-2.0
// Verilator without its Perl wrapper: verilator_bin, told where its own files are.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/base/result.h"
#include "core/tools/jailed_sources.h"
#include "core/tools/toolset.h"

namespace rtlgen::tools::verilator {

/// Warnings don't end a reading, but for a design's own $error and $fatal at elaboration (IEEE
/// 1800-2017, clause 20.11), which Verilator counts among them.
[[nodiscard]] std::vector<std::string> warning_arguments();

/// argv of verilator_bin with `arguments`.
[[nodiscard]] std::vector<std::string> command(const Tool& tool,
                                               const std::vector<std::string>& arguments);

/// Error InvalidArgument, with the place, for a line of more than a mebibyte: reading takes time
/// that grows with the square of a line's length (measured with 5.006 and 5.048: 0.4 s for one
/// megabyte, 1.7 s for two, 6.6 s for four, 41 s for ten), and other tools read such a text at
/// once.
Status check_lines(const SourceSet& set);

/// VERILATOR_ROOT.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> environment(const Tool& tool);

/// Files, folders, defines, parameters and top of `set`, in the order that Verilator reads them.
[[nodiscard]] std::vector<std::string> source_arguments(const SourceSet& set,
                                                        const JailedSources& sources);

/// One step over all of `set`, with `arguments` before what names the sources.
/// Errors: those of check_lines and jail_sources.
Result<process::JobSpec> plan_over(const Tool& tool, const SourceSet& set,
                                   std::vector<std::string> arguments);

}  // namespace rtlgen::tools::verilator

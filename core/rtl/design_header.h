// SPDX-License-Identifier: Apache-2.0
// The header of a design's top by the best reader that gets to it: Yosys or Verilator, since they
// elaborate, else the lexer.
#pragma once

#include <stop_token>
#include <string>

#include "core/base/result.h"
#include "core/domain/source_set.h"
#include "core/process/runner.h"
#include "core/tools/toolset.h"

namespace rtlgen::rtl {

/// By the lexer alone, over all files of `set` in their order as one text: macros and packages of
/// earlier files count, included files don't. Parameters have the values of the set.
/// Error NotFound where there is no module `top`.
Result<ModuleHeader> header_by_lexer(const SourceSet& set, const std::string& top);

/// By each Yosys of `toolset` in turn, else by each Verilator, else by the lexer; `read_by` says
/// who. Where both know a parameter or a range, its text is the source's and its width the tool's.
/// Errors: NotFound; Interrupted, Sandbox and Io of the runner.
Result<ModuleHeader> module_header_with_tools(const SourceSet& set, const std::string& top,
                                              const tools::Toolset& toolset,
                                              process::Runner& runner, const std::stop_token& stop);

}  // namespace rtlgen::rtl

// SPDX-License-Identifier: Apache-2.0
// A module's header as Verilator elaborates it.
#pragma once

#include <stop_token>

#include "core/base/result.h"
#include "core/domain/source_set.h"
#include "core/tools/toolset.h"

namespace rtlgen::tools::verilator {

/// The header of `top` (empty: the set's top, else what Verilator takes for it) with its parameters
/// at the values of `set`, by --xml-only where the tool has it, else by --json-only.
/// Errors: NotFound (Verilator refuses the design, or has neither; the message is the first
/// error's), ToolFailed (a tree that isn't as expected), those of the runner.
Result<ModuleHeader> read_interface(const Tool& tool, const SourceSet& set, const std::string& top,
                                    process::Runner& runner, std::stop_token stop);

}  // namespace rtlgen::tools::verilator

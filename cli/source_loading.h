// SPDX-License-Identifier: Apache-2.0
// From the command line's sources to a SourceSet that is ready to be judged.
#pragma once

#include <ostream>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/domain/source_set.h"

namespace rtlgen::cli {

/// Reads files and Verilator-style options, puts packages first and finds the top. Warnings, such
/// as a module that two files define, go to `err`. Errors as of rtl/filelist.h and
/// rtl/source_order.h.
Result<SourceSet> load_design(const std::vector<std::string>& source_arguments, std::ostream& err);

/// A testbench or reference: one file or, by -f, a filelist; `top` may be empty.
Result<SourceSet> load_bench(const std::string& path, const std::string& top);

}  // namespace rtlgen::cli

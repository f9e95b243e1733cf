// SPDX-License-Identifier: Apache-2.0
// From the command line's sources to a SourceSet that is ready to be judged.
#pragma once

#include <ostream>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/domain/source_set.h"

namespace rtlgen::cli {

/// Reads files and Verilator-style options and puts packages first. Warnings, such as a module that
/// two files define, go to `err`. Errors as of rtl/filelist.h.
Result<SourceSet> load_files(const std::vector<std::string>& source_arguments, std::ostream& err);

/// The same, and finds the top. Errors as of rtl/source_order.h too.
Result<SourceSet> load_design(const std::vector<std::string>& source_arguments, std::ostream& err);

/// A testbench or reference: one file or, by -f, a filelist; `top` may be empty.
Result<SourceSet> load_bench(const std::string& path, const std::string& top);

}  // namespace rtlgen::cli

// SPDX-License-Identifier: Apache-2.0
// From the command line's sources to a SourceSet that is ready to be judged.
#pragma once

#include <ostream>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/domain/source_set.h"

namespace rtlgen::cli {

/// What the loading of sources tells and heeds.
struct LoadContext {
    std::ostream& err;     ///< warnings
    std::stop_token stop;  ///< ends the wait for pipes and terminals
};

/// Reads files and Verilator-style options and puts packages first. Warnings, such as a module that
/// two files define, are told.
/// Errors as of rtl/filelist.h; Interrupted.
Result<SourceSet> load_files(const std::vector<std::string>& source_arguments,
                             const LoadContext& context);

/// The same, and finds the top. Errors as of rtl/source_order.h too.
Result<SourceSet> load_design(const std::vector<std::string>& source_arguments,
                              const LoadContext& context);

/// A testbench or reference: one file or, by -f, a filelist; `top` may be empty.
Result<SourceSet> load_bench(const std::string& path, const std::string& top,
                             const std::stop_token& stop);

/// Named files, filelists (.f) among them; its top is not looked for.
Result<SourceSet> load_plain(const std::vector<std::string>& paths, const std::stop_token& stop);

}  // namespace rtlgen::cli

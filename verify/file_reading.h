// SPDX-License-Identifier: Apache-2.0
// Which tool reads which file: the compile check over a list of files that need not be one design.
#pragma once

#include <stop_token>

#include "verify/compile.h"

namespace rtlgen::verify {

struct FilesCompileResult {
    CompileResult whole;               ///< of all files together; `reads` is empty
    std::vector<FileReading> reading;  ///< a row for each file, in order
};

/// Reads each file under its own top with what it needs of the others (rtl/file_parts.h), with
/// every usable front end. Passes where each file is read by at least one of them. Errors as of
/// compile_design.
Result<FilesCompileResult> compile_files(const SourceSet& set, const tools::Toolset& toolset,
                                         process::Runner& runner, const std::stop_token& stop);

}  // namespace rtlgen::verify

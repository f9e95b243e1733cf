// SPDX-License-Identifier: Apache-2.0
// Whether a file that the user names for output can be written, asked before any work is done.
#pragma once

#include <string>

#include "core/base/result.h"

namespace rtlgen::cli {

/// For `option` (such as "-o"): `path` is a file that write_file_atomic can write, as far as that
/// is seen without writing. "" (not given) and "-" always are. Error InvalidArgument: a folder, a
/// folder that isn't there, no right to write.
Status check_output_file(const std::string& option, const std::string& path);

}  // namespace rtlgen::cli

// SPDX-License-Identifier: Apache-2.0
// The embedded helper rtlgen-jail, as a file that can be executed.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "core/base/files.h"
#include "core/base/result.h"

namespace rtlgen::process {

struct HelperBinary {
    std::filesystem::path path;
    std::string sha256;
    std::shared_ptr<TempFolder> folder;  ///< where the cache can't be written
};

/// Writes the helper once to `cache_dir`/jail/SHA256/rtlgen-jail, compares the bytes of one that is
/// there, and falls back to a folder of its own. Error Io where neither can be written.
Result<HelperBinary> install_helper(const std::filesystem::path& cache_dir);

}  // namespace rtlgen::process

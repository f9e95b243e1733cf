// SPDX-License-Identifier: Apache-2.0
// The embedded helper rtlgen-jail, as a file that can be executed.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "core/base/cache_folder.h"
#include "core/base/cache_lock.h"
#include "core/base/files.h"
#include "core/base/result.h"
#include "core/base/temp_folder.h"

namespace rtlgen::process {

struct HelperBinary {
    std::filesystem::path path;
    std::string sha256;
    std::shared_ptr<TempFolder> folder;  ///< where the cache can't be written
    std::shared_ptr<CacheLock> lock;     ///< shared with other users, so that it stays
};

/// Writes the helper once to the entry SHA256 of CacheKind::Jail, compares the bytes of one that is
/// there, and falls back to a folder of its own. Error Io where neither can be written.
Result<HelperBinary> install_helper(const CacheFolder& cache);

}  // namespace rtlgen::process

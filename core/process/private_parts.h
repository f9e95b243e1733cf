// SPDX-License-Identifier: Apache-2.0
// What of a user's folder a job's user could not read, and a copy of what of it a tool could want.
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "core/base/result.h"

namespace rtlgen::process {

/// Whether everybody may read this one file, or list and enter this one folder, by its mode alone.
bool all_may_read(const std::filesystem::path& path);

/// Whether a tool could want a file that nobody named: sources, memory images, libraries, what a
/// build leaves, programs; by its name and its mode. Names that begin with a dot never are.
bool is_wanted(const std::filesystem::path& path);

/// The topmost files and folders of `tree` (itself perhaps) that not everybody may read and that a
/// tool could want. Folders whose name begins with a dot are none. Looks at the first 2000 entries:
/// a larger tree is a tool's own, and installed for all.
std::vector<std::filesystem::path> private_parts(const std::filesystem::path& tree);

/// The bytes and entries of all copies of a job.
struct CopyBudget {
    std::uint64_t bytes;
    std::uint64_t entries;
    bool spent = false;  ///< one of the two did not do: the copy is not whole
};

/// Copies a file, or what is_wanted of a folder, so that everybody may read it. Links are copied as
/// links, whatever else is no file is left out. Error Io.
Status copy_readable(const std::filesystem::path& from, const std::filesystem::path& to,
                     CopyBudget& budget);

}  // namespace rtlgen::process

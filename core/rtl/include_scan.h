// SPDX-License-Identifier: Apache-2.0
// Which file includes which (IEEE 1800-2017, clause 22.4), with include guards honoured, before any
// tool runs.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/domain/source_set.h"
#include "core/rtl/file_reader.h"

namespace rtlgen::rtl {

/// One `include in a branch that the defines leave active.
struct IncludeUse {
    std::string file;  ///< the including file, as shown to the user
    int line = 0;
    std::string name;                ///< as written
    std::filesystem::path resolved;  ///< absolute; empty where it was found nowhere
    std::filesystem::path folder;    ///< in which `name` was found; empty as `resolved`
    bool operator==(const IncludeUse&) const = default;
};

/// Includes of all files of `set` in order, those of included files too. Names are looked for
/// beside the including file, in the include folders, in `cwd`, and among the set's own files.
/// Macros go from file to file, as in one compilation unit. A text that is included again and again
/// is followed a bounded number of times.
/// Error InvalidArgument, with the chain, where files include each other without end.
Result<std::vector<IncludeUse>> scan_includes(const SourceSet& set,
                                              const std::filesystem::path& cwd,
                                              const FileReader& reader);

/// The files of `uses` with their texts, each pair of name and file once, in order; those that
/// can't be read are left out. Shown as scan_includes shows them.
[[nodiscard]] std::vector<IncludedFile> read_included(const std::vector<IncludeUse>& uses,
                                                      const std::filesystem::path& cwd,
                                                      const FileReader& reader);

}  // namespace rtlgen::rtl

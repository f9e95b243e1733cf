// SPDX-License-Identifier: Apache-2.0
// The edits that an answer holds, before anyone knows whether they fit: SEARCH/REPLACE blocks,
// hunks of unified diffs (POSIX `diff -u`) as models write them, whole files in fences.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/domain/source_set.h"

namespace rtlgen::rtl {

using Lines = std::vector<std::string_view>;

/// Lines that stand in a file, and those in their place.
struct EditBlock {
    std::string file;  ///< its path in the design; empty: not named
    Lines search;
    Lines replace;
    std::size_t line = 0;   ///< where a hunk says that it stands, from 1; 0: it doesn't say
    std::size_t loose = 0;  ///< last lines of both that may be prose behind the hunk
    bool whole = false;     ///< in place of all of the file
};

struct ReadEdits {
    std::vector<EditBlock> blocks;      ///< views into the answer
    std::vector<std::string> problems;  ///< a line each
};

/// Reads `answer`, without its reasoning, line by line. Linear.
[[nodiscard]] ReadEdits read_edits(std::string_view answer, const std::vector<SourceFile>& files);

/// `<<<<<<< SEARCH`.
[[nodiscard]] bool is_search_mark(std::string_view line);
/// `@@ -1,2 +1,2 @@`, or `@@` alone.
[[nodiscard]] bool is_hunk_mark(std::string_view line);

}  // namespace rtlgen::rtl

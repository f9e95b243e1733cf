// SPDX-License-Identifier: Apache-2.0
// The words of a filelist (`-f`): quotes, comments, continued lines, environment variables.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/rtl/file_reader.h"

namespace rtlgen::rtl {

struct FilelistWord {
    std::string text;
    int line = 0;  ///< from 1
    bool operator==(const FilelistWord&) const = default;
};

/// Words are parted by white space. // and # begin a comment at a word's beginning alone, so that
/// paths may hold them; /* */ likewise. "..." and '...' keep spaces, a backslash keeps the next
/// byte, or joins two lines. $VAR, ${VAR} and $(VAR) are replaced but in '...'.
/// Error InvalidArgument, with `name`:line, for a variable that isn't set, an open quote or
/// comment.
Result<std::vector<FilelistWord>> filelist_words(std::string_view text, const std::string& name,
                                                 const FileReader& reader);

}  // namespace rtlgen::rtl

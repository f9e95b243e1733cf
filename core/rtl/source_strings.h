// SPDX-License-Identifier: Apache-2.0
// String literals of a text that name files outside of it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rtlgen::rtl {

/// What a system task does with a file of that name.
enum class FileUse { Read, Write, Unknown };

struct FileString {
    std::string name;  ///< as the program sees it, escapes resolved
    std::string task;  ///< "$readmemh", or empty for a literal that only looks like a name
    FileUse use = FileUse::Unknown;
    int line = 0;  ///< from 1
    bool operator==(const FileString&) const = default;
};

/// Literals that are the file argument of a system task, and others with a letter-only extension
/// and no space, such as a parameter's default "init.hex". Names with %, NUL or over 255 bytes are
/// left out. Each name, task and use once, in order of the first.
[[nodiscard]] std::vector<FileString> file_strings(std::string_view text);

}  // namespace rtlgen::rtl

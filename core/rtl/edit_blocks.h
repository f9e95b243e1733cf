// SPDX-License-Identifier: Apache-2.0
// Files of a design as an answer changes them: SEARCH/REPLACE blocks, unified diffs, whole files.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/domain/source_set.h"

namespace rtlgen::rtl {

/// What an answer makes of a design.
struct EditedFiles {
    std::vector<SourceFile> files;      ///< all of them, in order; only texts change
    std::size_t edits = 0;              ///< that were applied
    std::vector<std::string> problems;  ///< what could not be applied, a line each
    bool operator==(const EditedFiles&) const = default;
};

/// Whether the answer has SEARCH/REPLACE blocks or hunks of a unified diff.
[[nodiscard]] bool has_edits(std::string_view answer);

/// The file that a diff against /dev/null, or against nothing, brings in; else empty.
[[nodiscard]] std::string new_file_of_diff(std::string_view text);

/// Applies the answer's edits in order. A block belongs to the file that the nearest line before it
/// names (its path, its last name where one file alone has it, `--- a/PATH`, `+++ b/PATH`), else to
/// the only file that has its lines. Lines are looked for exactly, then but for white space at
/// their ends, in front of them, anywhere, then without empty lines and prose around, and have to
/// stand there once: two places are a problem that names both, but where a hunk's number is that of
/// one. Other numbers and counts of a hunk are not read. Fenced blocks without edits that come
/// after a file's name replace that file; without names a single file's fenced block with a module,
/// or the module that extract_code finds, replaces it, if no comment stands for parts of it.
/// Nothing is applied of an answer with a problem. Deterministic.
[[nodiscard]] EditedFiles apply_edits(std::vector<SourceFile> files, std::string_view answer);

}  // namespace rtlgen::rtl

// SPDX-License-Identifier: Apache-2.0
// Files of a design as an answer changes them: SEARCH/REPLACE blocks, unified diffs, whole files.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/domain/source_set.h"

namespace rtlgen::workflow {

/// What an answer makes of a design.
struct EditedFiles {
    std::vector<SourceFile> files;      ///< all of them, in order; only texts change
    std::size_t edits = 0;              ///< that were applied
    std::vector<std::string> problems;  ///< what could not be applied, a line each
    bool operator==(const EditedFiles&) const = default;
};

/// Whether the answer has SEARCH/REPLACE blocks or hunks of a unified diff.
[[nodiscard]] bool has_edits(std::string_view answer);

/// Applies the answer's edits in order. A block belongs to the file that the nearest line before it
/// names (its path, its last name where one file alone has it, `--- a/PATH`, `+++ b/PATH`), else to
/// the only file that has its lines. Lines are found exactly, else but for white space at their
/// ends, else but for all white space in front of them, and have to stand there once. Fenced blocks
/// without edits that come after a file's name replace that file. Without names a single file's
/// fenced block with a module replaces it. Nothing is applied of an answer with a problem.
/// Deterministic.
[[nodiscard]] EditedFiles apply_answer(std::vector<SourceFile> files, std::string_view answer);

}  // namespace rtlgen::workflow

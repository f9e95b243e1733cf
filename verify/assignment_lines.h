// SPDX-License-Identifier: Apache-2.0
// Which lines of a design assign which name, read by the lexer alone: what leads from a net of a
// netlist to the text that a person reads.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/domain/source_set.h"

namespace rtlgen::verify {

/// An assignment: `assign a = b;`, `a <= b;`, `a = b;`, or a declaration with a value.
struct Assignment {
    int line = 0;                ///< of the target, from 1
    bool is_clocked = false;     ///< by `<=`
    std::set<std::string> uses;  ///< names on its right side and in its own conditions' brackets
    bool operator==(const Assignment&) const = default;
};

/// One module's assignments by target.
struct ModuleAssignments {
    std::string file;  ///< the path in the SourceSet
    std::string name;
    int first_line = 0;
    int last_line = 0;
    std::map<std::string, std::vector<Assignment>, std::less<>> by_target;
};

/// Of all modules of `design`, in order. Never fails; linear in the texts. The condition of an
/// `if` or `case` around an assignment counts as used by it only where it stands on the way from
/// the last `;`, `begin` or `end`.
[[nodiscard]] std::vector<ModuleAssignments> read_assignments(const SourceSet& design);

/// The module that `line` of `file` lies in, or null.
[[nodiscard]] const ModuleAssignments* module_at(const std::vector<ModuleAssignments>& modules,
                                                 std::string_view file, int line);

}  // namespace rtlgen::verify

// SPDX-License-Identifier: Apache-2.0
// How a SourceSet stands inside a jail: what is bound, what is copied, and the way back from a
// tool's messages to the user's paths.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/domain/finding.h"
#include "core/domain/source_set.h"
#include "core/process/job.h"

namespace rtlgen::tools {

/// Paths here hold only letters, digits, bytes above 127 and `/._+@~=^-`, and are absolute or under
/// `src/`: they may stand in a tool's script or file list unquoted.
struct JailedSources {
    std::vector<std::string> files;          ///< in the set's order
    std::vector<std::string> library_files;  ///< in the set's order
    std::vector<std::string> control_files;  ///< Verilator's; in the set's order
    std::vector<std::string> include_dirs;
    std::vector<std::string> library_dirs;
    std::vector<std::string> library_extensions;  ///< with the dot; never empty
    std::vector<process::InputFile> inputs;       ///< copies, under src/
    std::vector<process::ReadOnlyBind> binds;
    std::map<std::string, std::string, std::less<>> user_paths;  ///< by the tool's path
    /// Of folders in which tools find further files: include and library folders, and those of the
    /// set's files.
    std::map<std::string, std::string, std::less<>> user_folders;

    /// The user's name of a file that a tool named; the tool's own where it is none of the set's,
    /// and lies in none of its folders.
    /// A name without a folder, or one that begins with `../`, is enough where only one file's path
    /// ends with it.
    [[nodiscard]] std::string user_path(std::string_view tool_path) const;
    /// `text` with the tool's paths of the set's files replaced by the user's.
    [[nodiscard]] std::string user_text(std::string_view text) const;
    /// Both, over findings whose `file` is the tool's.
    void to_user(std::vector<Finding>& findings) const;
    /// Adds inputs and binds.
    void add_to(process::JobSpec& job) const;
};

/// Files with a host path are bound by their folders at the same path; others, and those whose
/// path has a character that could mean something to a tool or whose folder is none to be shown
/// (`/`, `/tmp`, a home), are copied. Included files come last among the include folders, by
/// copies. Pure: looks at no file. Error InvalidArgument: a top, define or parameter whose name is
/// no simple identifier, a value with a control character, an include or library folder that can't
/// be bound.
Result<JailedSources> jail_sources(const SourceSet& set);

/// Whether every character of `path` may stand in a tool's script.
[[nodiscard]] bool is_script_safe_path(std::string_view path);

/// Whether a folder may be shown in a jail whole: not a system's own, not a home, not `/tmp`.
[[nodiscard]] bool is_bindable_folder(const std::filesystem::path& folder);

}  // namespace rtlgen::tools

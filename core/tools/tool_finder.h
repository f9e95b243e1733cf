// SPDX-License-Identifier: Apache-2.0
// Where programs and their folders stand: looks at files, starts nothing.
#pragma once

#include <vector>

#include "core/tools/toolset.h"

namespace rtlgen::tools {

/// Every tool that the search's folders hold, best first within a kind: the pinned toolset, then
/// PATH in its order. Each has all but `version` and `features`. A program is listed once, however
/// many names lead to it.
[[nodiscard]] std::vector<Tool> find_tools(const ToolSearch& search);

/// sha256 over path, inode, size and mtime of the tool's files; empty where one isn't there.
[[nodiscard]] std::string tool_fingerprint(const Tool& tool);

}  // namespace rtlgen::tools

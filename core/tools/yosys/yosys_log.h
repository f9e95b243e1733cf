// SPDX-License-Identifier: Apache-2.0
// What Yosys and slang print, as findings.
#pragma once

#include <string_view>
#include <vector>

#include "core/domain/finding.h"

namespace rtlgen::tools::yosys {

/// `FILE:LINE: ERROR: ...`, `Warning: ...`, latches; each once. Yosys has no names for its
/// messages: the rules are ours.
[[nodiscard]] std::vector<Finding> parse_messages(std::string_view log);

/// slang's `--diag-json`: rules slang/CODE. Empty where the text is no such JSON.
[[nodiscard]] std::vector<Finding> parse_diagnostics(std::string_view json);

/// Names that `ls` lists.
[[nodiscard]] std::vector<std::string> parse_module_list(std::string_view listing);

/// Whether an assertion of Yosys's own failed.
[[nodiscard]] bool tells_internal_error(std::string_view log);

}  // namespace rtlgen::tools::yosys

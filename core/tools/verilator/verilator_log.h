// SPDX-License-Identifier: Apache-2.0
// What verilator_bin and a verilated program print, as findings.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/domain/finding.h"
#include "core/tools/simulator.h"

namespace rtlgen::tools::verilator {

/// `%Error: ...` and `%Warning-NAME: ...`; files as the tool named them. A message without a name
/// of Verilator's gets one of ours, in lower case: verilator/syntax.
[[nodiscard]] std::vector<Finding> parse_messages(std::string_view log);

/// Whether Verilator tells of an error in itself.
[[nodiscard]] bool tells_internal_error(std::string_view log);

/// `[TIME] %Error: FILE:LINE: ...` of a running program: $error, $fatal, $warning, assertions.
[[nodiscard]] std::vector<Finding> parse_runtime(std::string_view out);

/// `- FILE:LINE: Verilog $finish`, or `%Error: FILE:LINE: Verilog $stop`; no place where there are
/// several.
[[nodiscard]] std::optional<FinishSite> parse_finish(std::string_view out);

/// Without the lines about wall time and memory that differ from run to run.
[[nodiscard]] std::string without_report(std::string_view out);

}  // namespace rtlgen::tools::verilator

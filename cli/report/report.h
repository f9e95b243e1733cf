// SPDX-License-Identifier: Apache-2.0
// A verdict for people and for other programs.
#pragma once

#include <ostream>
#include <string>

#include "core/domain/verdict.h"

namespace rtlgen::cli {

/// A few lines for a terminal: the verdict, why, the first mismatch, findings.
void write_text(std::ostream& out, const Verdict& verdict);

/// JUnit XML as CI servers read it: a test suite of checks; Unknown and ToolError are errors.
[[nodiscard]] std::string to_junit(const Verdict& verdict);

/// SARIF 2.1.0 (OASIS): a result for each finding.
[[nodiscard]] std::string to_sarif(const Verdict& verdict);

}  // namespace rtlgen::cli

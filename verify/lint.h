// SPDX-License-Identifier: Apache-2.0
// The lint check: the warnings of the front ends that read the design, less what is waived or
// known.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/domain/verdict.h"

namespace rtlgen::verify {

struct LintRequest {
    const std::vector<Finding>& warnings;
    const std::string& waiver_text;                   ///< see waiver.h
    const std::string& waiver_name;                   ///< its file, for messages
    const std::optional<std::string>& baseline_json;  ///< an earlier verdict
};

struct LintResult {
    Check check;
    std::vector<Finding> findings;  ///< those that count
};

/// Fails where a finding is left; that weighs only where lint is required.
/// Error Config where waivers or baseline can't be read.
Result<LintResult> judge_lint(const LintRequest& request);

}  // namespace rtlgen::verify

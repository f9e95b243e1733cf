// SPDX-License-Identifier: Apache-2.0
// A site's own check: a command of the user's, run outside the jail.
#pragma once

#include <stop_token>

#include "core/base/result.h"
#include "verify/judge.h"

namespace rtlgen::verify {

/// Splits NAME=COMMAND. Error InvalidArgument where a part is missing or NAME is no identifier.
Result<SiteCheck> parse_site_check(const std::string& text);

/// Runs the command in `/bin/sh -c` with the candidate's files as `$@`, its top in RTLGEN_TOP, and
/// a path in RTLGEN_JUNIT where it may leave a JUnit file. Exit code 0 passes, 77 is no answer
/// (as Automake has it), 126 and above (not executable, not found, ended by a signal) are a
/// ToolError, others fail; failures in a JUnit file fail too. A timeout is Unknown.
Result<Check> run_site_check(const SiteCheck& site, const SourceSet& candidate,
                             std::chrono::milliseconds limit, const std::stop_token& stop);

struct JunitCounts {
    int tests = 0;
    int failures = 0;  ///< failures and errors
    bool operator==(const JunitCounts&) const = default;
};

/// Counts `testcase` elements and the `failure` and `error` elements inside them.
[[nodiscard]] JunitCounts count_junit(std::string_view xml);

}  // namespace rtlgen::verify

// SPDX-License-Identifier: Apache-2.0
// The messages of a running simulation that have a place in the source.
#pragma once

#include <string_view>
#include <vector>

#include "core/domain/finding.h"

namespace rtlgen::tools {

/// How a simulator begins a message of $error, $fatal or $warning.
struct RuntimeHead {
    std::string_view text;
    Severity severity = Severity::Error;
    std::string_view rule;
};

/// Lines of `out` that one of `heads` begins and a place follows: `HEAD FILE:LINE: message`. A text
/// that the testbench itself prints, such as "ERROR: wrong", has no place and is none. `before`
/// removes what stands before the head, and says whether the line may be a message at all.
[[nodiscard]] std::vector<Finding> parse_runtime_lines(std::string_view out,
                                                       const std::vector<RuntimeHead>& heads,
                                                       bool (*before)(std::string_view& line));

}  // namespace rtlgen::tools

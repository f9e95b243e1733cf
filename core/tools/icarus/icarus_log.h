// SPDX-License-Identifier: Apache-2.0
// What ivlpp, ivl and vvp print, as findings. Icarus has no names for its messages: the rules here
// are ours, and stay the same over its versions.
#pragma once

#include <string_view>
#include <vector>

#include "core/domain/finding.h"

namespace rtlgen::tools::icarus {

/// Findings of ivlpp's or ivl's standard error; files as the tool named them.
[[nodiscard]] std::vector<Finding> parse_messages(std::string_view log);

/// Whether the text tells of a failed assertion or internal error of ivl or vvp themselves.
[[nodiscard]] bool tells_internal_error(std::string_view log);

/// `$error`, `$warning`, `$fatal` and runtime errors as vvp prints them.
[[nodiscard]] std::vector<Finding> parse_runtime(std::string_view out);

}  // namespace rtlgen::tools::icarus

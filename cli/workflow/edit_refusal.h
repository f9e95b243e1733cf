// SPDX-License-Identifier: Apache-2.0
// What a change to a person's design may not do, whatever the tools say of it. Pure.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "core/domain/finding.h"
#include "core/domain/source_set.h"

namespace rtlgen::workflow {

/// Findings of the gate over `after` as a candidate's text that `before` doesn't have as often, and
/// `edit/NEW_MACRO`: a `define or `undef that wasn't there, which could reach the testbench.
[[nodiscard]] std::vector<Finding> new_refusals(const SourceSet& before, const SourceSet& after,
                                                const std::set<std::string, std::less<>>& reserved);

/// How ports and parameters of the top differ, a line; empty where they don't. Names, order,
/// directions, ranges as written, signs and defaults count.
[[nodiscard]] std::string changed_interface(const SourceSet& before, const SourceSet& after);

}  // namespace rtlgen::workflow

// SPDX-License-Identifier: Apache-2.0
// The first check: what a Candidate may not say at all, read from its tokens (docs/SECURITY.md).
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/domain/finding.h"
#include "core/domain/problem.h"
#include "core/domain/source_set.h"

namespace rtlgen::verify {

struct GateRequest {
    const SourceSet& candidate;
    Trust trust = Trust::Candidate;
    /// Modules that judge it: a candidate may not define them again.
    std::set<std::string, std::less<>> reserved_modules;
    /// The testbench's top and instances, which a candidate's names are resolved to upwards.
    std::set<std::string, std::less<>> bench_names;
    /// Macros that testbench or reference define.
    std::set<std::string, std::less<>> bench_macros;
};

/// Adds what `set`, a testbench or a reference, keeps to itself: its modules, instances, macros.
void reserve_names(GateRequest& request, const SourceSet& set);

/// Whether a design's text is small enough to be read.
[[nodiscard]] bool is_readable_size(const SourceSet& design, Trust trust);

/// What the gate refuses, each as an error `gate/RULE` with its line; empty: it lets pass.
/// Trust::Own: names and sizes alone. Trust::Candidate: also system tasks and directives that are
/// not on the allowlists, token pasting, DPI, bind, force, defparam, names that leave the module,
/// reserved and duplicate module names, unterminated comments; macros that are put together with
/// what stands beside them, and conditions on macros that aren't the candidate's own, since these
/// make another text than the gate has read. Pure and linear.
[[nodiscard]] std::vector<Finding> run_gate(const GateRequest& request);

/// All allowlists as one text, for the judge's policy hash.
[[nodiscard]] std::string gate_policy();

}  // namespace rtlgen::verify

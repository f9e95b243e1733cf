// SPDX-License-Identifier: Apache-2.0
// From checks to a verdict: the one place that decides, by a table.
#pragma once

#include <set>
#include <span>
#include <string>
#include <string_view>

#include "core/domain/verdict.h"

namespace rtlgen::verify {

struct CompositionInput {
    std::span<const Check> checks;
    Assurance assurance = Assurance::Static;
    const std::set<std::string>& require;  ///< lint, synth, proven; a site's check always counts
};

struct Composition {
    Outcome outcome = Outcome::Unknown;
    VerdictClass verdict_class = VerdictClass::Unjudged;
    Grade grade = Grade::None;
    std::string_view rule;  ///< the row that decided
    bool operator==(const Composition&) const = default;
};

/// Whether a check compared the design with its reference from outside, rather than by a testbench.
[[nodiscard]] bool is_comparison(const Check& check);

/// The first row of the table that applies decides:
///   failed        a check that always counts, or that `require` names, failed, and no proof says
///                 otherwise
///   disagreement  two checks contradict each other: a mismatch in simulation and a proof for all
///                 inputs and all time; a testbench that fails what equals its reference; two
///                 simulators
///   tool-error    a check that counts broke
///   required      a required check did not come to an end
///   undecided     the check that the assurance asks for ended as Unknown
///   passed        the check that the assurance asks for passed
///   unjudged      nothing judged the design
[[nodiscard]] Composition compose(const CompositionInput& input);

/// The names that `--require` takes.
[[nodiscard]] bool is_requirement(std::string_view name);

}  // namespace rtlgen::verify

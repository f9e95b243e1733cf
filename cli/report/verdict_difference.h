// SPDX-License-Identifier: Apache-2.0
// What differs between two verdicts: in what they say, and in what they were made with.
#pragma once

#include <string>
#include <vector>

#include "core/domain/verdict.h"

namespace rtlgen::cli {

/// One fact: "verdict", "class", "simulate.outcome", ..., and its two values.
struct Difference {
    std::string what;
    std::string before;
    std::string after;
    bool operator==(const Difference&) const = default;
};

/// Verdict, class, grade, assurance, each check's outcome, the first mismatch, the samples.
[[nodiscard]] std::vector<Difference> verdict_differences(const Verdict& before,
                                                          const Verdict& after);

/// Tools and their versions, the judge, its policy, isolation, the seed: why the same design may be
/// judged otherwise.
[[nodiscard]] std::vector<Difference> circumstance_differences(const Verdict& before,
                                                               const Verdict& after);

}  // namespace rtlgen::cli

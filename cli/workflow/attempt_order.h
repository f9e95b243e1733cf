// SPDX-License-Identifier: Apache-2.0
// Which of two Attempts is the better one.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/store/attempt.h"

namespace rtlgen::workflow {

/// How good an Attempt is, larger being better member by member, in order.
struct Quality {
    int outcome = 0;  ///< pass, inconclusive, fail, tool error, none
    int grade = 0;
    int stage = 0;  ///< how far it came: no answer, no code, forbidden, no compile, compiles
    std::int64_t right = 0;  ///< minus the mismatches; the least where they aren't counted
    std::int64_t clean = 0;  ///< minus the errors
    std::uint64_t held = 0;  ///< the time of the first mismatch where they aren't counted
    auto operator<=>(const Quality&) const = default;
};

[[nodiscard]] Quality quality_of(const store::Attempt& attempt);

/// Whether `a` is the better Attempt: a pass by grade, then what is inconclusive, then how far it
/// came, then fewer mismatches, then fewer errors, then a later first mismatch, then the earlier
/// turn.
[[nodiscard]] bool is_better(const store::Attempt& a, const store::Attempt& b);

/// Counted mismatches of the verdict's simulation.
[[nodiscard]] std::optional<std::uint64_t> mismatches_of(const Verdict& verdict);

/// What became of an Attempt in a few words: "mismatch: 3 of 100 samples, first q at 95 ps",
/// "syntax: 2 errors, first: ...", "no answer: ...". May hold text of the design.
[[nodiscard]] std::string summary_of(const store::Attempt& attempt);

}  // namespace rtlgen::workflow

// SPDX-License-Identifier: Apache-2.0
// Attempts as a judge leaves them, for tests of what comes after.
#pragma once

#include <string>

#include "core/store/attempt.h"

namespace rtlgen::test {

inline store::Attempt failed(VerdictClass verdict_class, const std::string& code, int turn = 0) {
    store::Attempt attempt;
    attempt.turn = turn;
    attempt.candidate_code = code;
    attempt.verdict = Verdict{};
    attempt.verdict->outcome = Outcome::Fail;
    attempt.verdict->verdict_class = verdict_class;
    return attempt;
}

/// One that compiles, with so many wrong samples of 100.
inline store::Attempt mismatching(std::uint64_t wrong, const std::string& code, int turn = 0) {
    store::Attempt attempt = failed(VerdictClass::Mismatch, code, turn);
    Check compile;
    compile.name = "compile";
    compile.outcome = Outcome::Pass;
    Check simulate;
    simulate.name = "simulate";
    simulate.outcome = Outcome::Fail;
    simulate.reason = std::to_string(wrong) + " mismatches";
    simulate.mismatch = Mismatch{"95", 9, "q", "8'h01", "8'hxx", wrong, 100};
    attempt.verdict->checks = {compile, simulate};
    return attempt;
}

}  // namespace rtlgen::test

// SPDX-License-Identifier: Apache-2.0
// Attempts of a Run for people and for other programs.
#pragma once

#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "core/store/attempt.h"

namespace rtlgen::cli {

/// "sample 1, repair 1: fail mismatch" or "sample 2: no answer: ...", escaped for a terminal.
[[nodiscard]] std::string attempt_line(const store::Attempt& attempt);

/// Tokens that all answers took; what a server didn't say counts for nothing.
struct Totals {
    int attempts = 0;
    std::int64_t prompt_tokens = 0;
    std::int64_t completion_tokens = 0;
    std::uint64_t bytes_sent = 0;
};
[[nodiscard]] Totals totals_of(const std::vector<store::Attempt>& attempts);

/// What a Run came to.
struct RunOutcome {
    std::string model;
    std::filesystem::path folder;
    std::string output;  ///< the file that was written; empty: none
    const std::vector<store::Attempt>& attempts;
    const store::Attempt* best;  ///< one of them, or null
};

/// `rtlgen.generate.v1`: model, run, output, best (with its verdict), attempts, totals.
[[nodiscard]] nlohmann::ordered_json to_json(const RunOutcome& outcome);

/// An attempt in `attempts`: sample, turn, state, outcome, class, grade, folder, error.
[[nodiscard]] nlohmann::ordered_json to_json(const store::Attempt& attempt,
                                             const std::filesystem::path& run_folder);

}  // namespace rtlgen::cli

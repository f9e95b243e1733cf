// SPDX-License-Identifier: Apache-2.0
// Attempts of a Run for people and for other programs.
#pragma once

#include <chrono>
#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "core/store/attempt.h"

namespace rtlgen::cli {

/// "sample 1, repair 1: fail mismatch" or "sample 2: no answer: ...", escaped for a terminal.
[[nodiscard]] std::string attempt_line(const store::Attempt& attempt);

/// What all answers took; what a server didn't say counts for nothing.
struct Totals {
    int attempts = 0;
    int requests = 0;  ///< asked of the model: not those that a cache answered
    int cached = 0;    ///< answers that were paid for before
    int failed = 0;    ///< requests without an answer
    std::int64_t prompt_tokens = 0;
    std::int64_t completion_tokens = 0;
    std::uint64_t bytes_sent = 0;
    std::optional<double> cost_usd;  ///< of the answers that have a price; none: none has
    int unpriced = 0;                ///< answers without one
};
[[nodiscard]] Totals totals_of(const std::vector<store::Attempt>& attempts);
/// "4 requests (1 without answer), 44 + 28 tokens, unpriced, 2 from the cache, 3.1 s".
[[nodiscard]] std::string totals_line(const Totals& totals, std::chrono::milliseconds busy);

/// What a Run came to.
struct RunOutcome {
    std::string model;
    std::filesystem::path folder;
    std::string output;  ///< the file that was written; empty: none
    const std::vector<store::Attempt>& attempts;
    const store::Attempt* best;         ///< one of them, or null
    std::chrono::milliseconds busy{0};  ///< that processes worked at it
};

/// `rtlgen.generate.v1`: model, run, output, best (with its verdict), attempts, totals.
[[nodiscard]] nlohmann::ordered_json to_json(const RunOutcome& outcome);

/// An attempt in `attempts`: sample, turn, state, outcome, class, grade, folder, error.
[[nodiscard]] nlohmann::ordered_json to_json(const store::Attempt& attempt,
                                             const std::filesystem::path& run_folder);

}  // namespace rtlgen::cli

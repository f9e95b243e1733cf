// SPDX-License-Identifier: Apache-2.0
// When a request is tried again, and after how long: a pure function of what the server said.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "core/base/clock.h"

namespace rtlgen::llm {

struct RetryPolicy {
    int max_tries = 5;      ///< that end in a fault: a cut connection, a server's error
    int max_refusals = 10;  ///< 429: the server is well, and asks for patience
    std::chrono::milliseconds first_delay{1'000};     ///< doubled from try to try
    std::chrono::milliseconds longest_delay{60'000};  ///< a server that asks for more is given up
};

/// A try that failed.
struct FailedTry {
    int faults = 1;           ///< of this call so far, with this one
    int refusals = 0;         ///< of this call so far, with this one
    int status = 0;           ///< of HTTP; 0: the connection was cut
    std::string retry_after;  ///< the header; empty where it wasn't there
    Clock::WallTime now;
    std::uint64_t jitter_seed = 0;
};

/// Whether a try with this status may go better later: 408, 409, 429, 5xx, or a cut connection.
[[nodiscard]] bool may_pass_later(int status);

/// `Retry-After` as seconds or an HTTP date; none where it is neither, or lies in the past.
[[nodiscard]] std::optional<std::chrono::milliseconds> parse_retry_after(const std::string& text,
                                                                         Clock::WallTime now);

/// A random time between nothing and the doubled delay ("full jitter": a crowd that failed at once
/// doesn't come back at once). number: of the failure, from 1. Deterministic in `seed`.
[[nodiscard]] std::chrono::milliseconds full_jitter(const RetryPolicy& policy, int number,
                                                    std::uint64_t seed);

/// The time to wait before the next try, or none: the tries are used up, or it can't get better.
/// What the server asks for, else full_jitter.
[[nodiscard]] std::optional<std::chrono::milliseconds> retry_delay(const RetryPolicy& policy,
                                                                   const FailedTry& failed);

}  // namespace rtlgen::llm

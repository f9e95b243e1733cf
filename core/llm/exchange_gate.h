// SPDX-License-Identifier: Apache-2.0
// How many requests a server gets at once: a window that grows with each answer and shrinks when
// the server refuses (additive increase, multiplicative decrease: Chiu and Jain 1989; slow start as
// in Jacobson 1988), and a wait for everybody while the server asks for one.
#pragma once

#include <cstdint>
#include <optional>

#include "core/base/clock.h"
#include "core/llm/retry.h"

namespace rtlgen::llm {

/// Not thread-safe: one thread decides for all requests. Deterministic.
class ExchangeGate {
public:
    using Time = Clock::SteadyTime;

    /// 1 <= start, most.
    ExchangeGate(int start, int most, RetryPolicy policy);

    /// Whether a request may be sent now.
    [[nodiscard]] bool open(Time now) const;
    /// When everybody's wait ends; none where nobody waits at `now`.
    [[nodiscard]] std::optional<Time> opens(Time now) const;
    [[nodiscard]] int window() const { return static_cast<int>(window_); }
    [[nodiscard]] int in_flight() const { return in_flight_; }

    void sent() { ++in_flight_; }
    /// It was answered: the window grows by one until the first refusal, later by one for each
    /// window of answers.
    void answered();
    /// It ended in any way that says nothing of the server's load.
    void ended();
    /// It was refused (429): the window shrinks to 0.8 of itself, but in one wave of refusals to no
    /// less than half, and everybody waits: for `asked`, else for a doubled time with full jitter.
    void refused(Time now, std::optional<std::chrono::milliseconds> asked, std::uint64_t seed);
    /// Everybody waits so long.
    void hold(Time now, std::chrono::milliseconds wait);

private:
    /// True where the request was under way already when the latest wave of refusals began.
    bool leave();

    double window_;
    double most_;
    RetryPolicy policy_;
    bool slow_start_ = true;
    int in_flight_ = 0;
    int left_of_wave_ = 0;  ///< requests under way since before the wave
    double wave_floor_ = 1;
    int waves_ = 0;  ///< of refusals since the last answer
    Time opens_{};
};

}  // namespace rtlgen::llm

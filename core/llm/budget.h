// SPDX-License-Identifier: Apache-2.0
// A limit on what a Run may spend: money, tokens, time. A request is sent only where the dearest
// answer to it still fits.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>

#include "core/base/clock.h"
#include "core/base/result.h"

namespace rtlgen::llm {

struct Spending {
    double usd = 0;
    std::int64_t tokens = 0;  ///< of prompts and answers together
    bool operator==(const Spending&) const = default;
};
Spending operator+(const Spending& a, const Spending& b);

struct BudgetLimits {
    std::optional<double> usd;
    std::optional<std::int64_t> tokens;
    std::optional<std::chrono::milliseconds> time;  ///< from begin() on, with what went before
    /// Whether what a request may cost has to be known before it is sent.
    [[nodiscard]] bool on_answers() const { return usd || tokens; }
    bool operator==(const BudgetLimits&) const = default;
};

/// Thread-safe.
class Budget {
public:
    Budget(BudgetLimits limits, Clock& clock);
    ~Budget();
    Budget(const Budget&) = delete;
    Budget& operator=(const Budget&) = delete;

    [[nodiscard]] const BudgetLimits& limits() const { return limits_; }

    /// Time is counted from here. `earlier`, `busy`: what the Run has spent before; once at most.
    void begin(const Spending& earlier, std::chrono::milliseconds busy);

    /// Puts `most` aside for one answer. Waits where it would fit but for what is put aside for
    /// others. Errors: Budget (it doesn't fit; the message says what is spent), Interrupted.
    Status reserve(const Spending& most, const std::stop_token& stop);
    /// What was put aside comes back, and `spent` is spent.
    void settle(const Spending& reserved, const Spending& spent);

    /// Stop is requested when the time is up.
    [[nodiscard]] std::stop_token time_is_up() const { return over_.get_token(); }
    /// The Error of a budget whose time is up.
    [[nodiscard]] Error out_of_time() const;

private:
    [[nodiscard]] bool fits(const Spending& more) const;
    [[nodiscard]] Error used_up(const Spending& most) const;

    BudgetLimits limits_;
    Clock& clock_;
    std::mutex mutex_;
    std::condition_variable_any changed_;
    Spending spent_;
    Spending reserved_;
    int in_flight_ = 0;  ///< how many answers something is put aside for
    std::stop_source over_;
    std::jthread watch_;
};

}  // namespace rtlgen::llm

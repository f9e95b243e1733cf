// SPDX-License-Identifier: Apache-2.0
#include "core/llm/exchange_gate.h"

#include <algorithm>

namespace rtlgen::llm {

ExchangeGate::ExchangeGate(int start, int most, RetryPolicy policy)
    : window_(std::clamp(start, 1, std::max(most, 1))), most_(std::max(most, 1)), policy_(policy) {}

bool ExchangeGate::open(Time now) const { return now >= opens_ && in_flight_ < window(); }

std::optional<ExchangeGate::Time> ExchangeGate::opens(Time now) const {
    return now < opens_ ? std::optional(opens_) : std::nullopt;
}

bool ExchangeGate::leave() {
    --in_flight_;
    if (left_of_wave_ == 0) return false;
    --left_of_wave_;
    return true;
}

void ExchangeGate::ended() { leave(); }

void ExchangeGate::answered() {
    // What was sent before a refusal and is answered after it is no sign that the wait is over.
    if (leave()) return;
    waves_ = 0;
    window_ = std::min(most_, window_ + (slow_start_ ? 1.0 : 1.0 / window_));
}

void ExchangeGate::refused(Time now, std::optional<std::chrono::milliseconds> asked,
                           std::uint64_t seed) {
    constexpr double kShrink = 0.8;
    const bool new_wave = !leave();
    slow_start_ = false;
    if (new_wave) {
        ++waves_;
        wave_floor_ = std::max(1.0, window_ / 2);
        left_of_wave_ = in_flight_;
    }
    window_ = std::max(wave_floor_, window_ * kShrink);
    if (asked) {
        hold(now, *asked);
    } else if (new_wave) {
        hold(now, full_jitter(policy_, waves_, seed));
    }
}

void ExchangeGate::hold(Time now, std::chrono::milliseconds wait) {
    opens_ = std::max(opens_, now + wait);
}

}  // namespace rtlgen::llm

// SPDX-License-Identifier: Apache-2.0
#include "core/llm/budget.h"

#include <fmt/format.h>

#include <algorithm>

namespace rtlgen::llm {

Spending operator+(const Spending& a, const Spending& b) {
    return {a.usd + b.usd, a.tokens + b.tokens};
}

Budget::Budget(BudgetLimits limits, Clock& clock) : limits_(limits), clock_(clock) {}

Budget::~Budget() = default;

void Budget::begin(const Spending& earlier, std::chrono::milliseconds busy) {
    {
        const std::scoped_lock lock(mutex_);
        spent_ = spent_ + earlier;
    }
    if (!limits_.time) return;
    const auto left = std::max(*limits_.time - busy, std::chrono::milliseconds(0));
    if (left.count() == 0) {
        over_.request_stop();
        return;
    }
    watch_ = std::jthread([this, left](const std::stop_token& ended) {
        if (!clock_.sleep_for(left, ended)) return;
        {
            const std::scoped_lock lock(mutex_);
            over_.request_stop();
        }
        changed_.notify_all();
    });
}

bool Budget::fits(const Spending& more) const {
    // A millionth of a cent: sums of prices are no exact numbers.
    constexpr double kRounding = 1e-8;
    return (!limits_.usd || more.usd <= *limits_.usd + kRounding) &&
           (!limits_.tokens || more.tokens <= *limits_.tokens);
}

Status Budget::reserve(const Spending& most, const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    const auto fits_now = [&] { return fits(spent_ + reserved_ + most); };
    const bool decided = changed_.wait(lock, stop, [&] {
        return over_.stop_requested() || fits_now() || !fits(spent_ + most) || in_flight_ == 0;
    });
    if (over_.stop_requested()) return tl::unexpected<Error>(out_of_time());
    if (!decided) return fail(ErrorCode::Interrupted, "interrupted");
    if (!fits_now()) return tl::unexpected<Error>(used_up(most));
    reserved_ = reserved_ + most;
    ++in_flight_;
    return {};
}

void Budget::settle(const Spending& reserved, const Spending& spent) {
    {
        const std::scoped_lock lock(mutex_);
        reserved_ = reserved_ + Spending{-reserved.usd, -reserved.tokens};
        spent_ = spent_ + spent;
        --in_flight_;
    }
    changed_.notify_all();
}

Error Budget::out_of_time() const {
    return {ErrorCode::Budget,
            fmt::format(
                "the budget of {:g} s is used up",
                std::chrono::duration<double>(limits_.time.value_or(std::chrono::milliseconds(0)))
                    .count()),
            ""};
}

Error Budget::used_up(const Spending& most) const {
    std::string message;
    if (limits_.usd && !fits({spent_.usd + most.usd, 0})) {
        message = fmt::format(
            "the budget of {:g} USD is used up: {:.4f} are spent, and the next answer may cost "
            "{:.4f}",
            *limits_.usd, spent_.usd, most.usd);
    } else {
        message = fmt::format(
            "the budget of {} tokens is used up: {} are spent, and the next answer may take {}",
            limits_.tokens.value_or(0), spent_.tokens, most.tokens);
    }
    return {ErrorCode::Budget, std::move(message), ""};
}

}  // namespace rtlgen::llm

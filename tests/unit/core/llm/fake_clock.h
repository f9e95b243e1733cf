// SPDX-License-Identifier: Apache-2.0
// A clock that never waits: sleeping moves it on and is remembered.
#pragma once

#include <mutex>
#include <vector>

#include "core/base/clock.h"

namespace rtlgen::test {

class FakeClock final : public Clock {
public:
    [[nodiscard]] SteadyTime now() const override { return SteadyTime{} + passed(); }
    /// Starts at 2001-09-09 01:46:40 UTC.
    [[nodiscard]] WallTime wall_now() const override {
        return WallTime{std::chrono::seconds(1'000'000'000)} + passed();
    }
    bool sleep_for(std::chrono::milliseconds duration, const std::stop_token& stop) override {
        const std::scoped_lock lock(mutex_);
        if (stop.stop_requested()) return false;
        sleeps_.push_back(duration);
        passed_ += duration;
        return true;
    }
    [[nodiscard]] std::vector<std::chrono::milliseconds> sleeps() const {
        const std::scoped_lock lock(mutex_);
        return sleeps_;
    }

private:
    [[nodiscard]] std::chrono::milliseconds passed() const {
        const std::scoped_lock lock(mutex_);
        return passed_;
    }

    mutable std::mutex mutex_;
    std::chrono::milliseconds passed_{0};
    std::vector<std::chrono::milliseconds> sleeps_;
};

}  // namespace rtlgen::test

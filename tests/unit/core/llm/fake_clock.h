// SPDX-License-Identifier: Apache-2.0
// A clock that never waits: sleeping moves it on and is remembered.
#pragma once

#include <list>
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
        {
            const std::scoped_lock lock(mutex_);
            if (stop.stop_requested()) return false;
            sleeps_.push_back(duration);
            passed_ += duration;
        }
        tell();
        return true;
    }
    /// Moves it on as if so much time had passed.
    void advance(std::chrono::milliseconds duration) {
        {
            const std::scoped_lock lock(mutex_);
            passed_ += duration;
        }
        tell();
    }
    [[nodiscard]] std::shared_ptr<void> on_jump(std::function<void()> look) override {
        const std::scoped_lock lock(lookers_mutex_);
        lookers_.push_front(std::move(look));
        return {&lookers_.front(), [this, at = lookers_.begin()](void*) {
                    const std::scoped_lock erasing(lookers_mutex_);
                    lookers_.erase(at);
                }};
    }
    [[nodiscard]] std::vector<std::chrono::milliseconds> sleeps() const {
        const std::scoped_lock lock(mutex_);
        return sleeps_;
    }

private:
    void tell() {
        const std::scoped_lock lock(lookers_mutex_);
        for (const auto& look : lookers_) look();
    }
    [[nodiscard]] std::chrono::milliseconds passed() const {
        const std::scoped_lock lock(mutex_);
        return passed_;
    }

    mutable std::mutex mutex_;
    std::chrono::milliseconds passed_{0};
    std::vector<std::chrono::milliseconds> sleeps_;
    std::mutex lookers_mutex_;
    std::list<std::function<void()>> lookers_;
};

}  // namespace rtlgen::test

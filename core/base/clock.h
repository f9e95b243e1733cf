// SPDX-License-Identifier: Apache-2.0
// Time as a dependency, so that tests never sleep.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <stop_token>

namespace rtlgen {

class Clock {
public:
    using SteadyTime = std::chrono::steady_clock::time_point;
    using WallTime = std::chrono::system_clock::time_point;

    virtual ~Clock() = default;
    [[nodiscard]] virtual SteadyTime now() const = 0;
    [[nodiscard]] virtual WallTime wall_now() const = 0;
    /// Returns early, and false, where `stop` is requested.
    virtual bool sleep_for(std::chrono::milliseconds duration, const std::stop_token& stop) = 0;
    /// Calls `look`, which leaves the clock alone, after each jump of now() while the handle lives.
    // NOLINTNEXTLINE(performance-unnecessary-value-param): clocks that do jump keep it
    [[nodiscard]] virtual std::shared_ptr<void> on_jump(std::function<void()> /*look*/) {
        return nullptr;
    }
};

/// The machine's clocks.
class SystemClock final : public Clock {
public:
    [[nodiscard]] SteadyTime now() const override;
    [[nodiscard]] WallTime wall_now() const override;
    bool sleep_for(std::chrono::milliseconds duration, const std::stop_token& stop) override;
};

}  // namespace rtlgen

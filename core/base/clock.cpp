// SPDX-License-Identifier: Apache-2.0
#include "core/base/clock.h"

#include <condition_variable>
#include <mutex>

namespace rtlgen {

Clock::SteadyTime SystemClock::now() const { return std::chrono::steady_clock::now(); }

Clock::WallTime SystemClock::wall_now() const { return std::chrono::system_clock::now(); }

bool SystemClock::sleep_for(std::chrono::milliseconds duration, const std::stop_token& stop) {
    std::mutex mutex;
    std::unique_lock lock(mutex);
    std::condition_variable_any condition;
    condition.wait_for(lock, stop, duration, [] { return false; });
    return !stop.stop_requested();
}

}  // namespace rtlgen

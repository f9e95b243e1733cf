// SPDX-License-Identifier: Apache-2.0
// The same work over many items on several threads, results in the order of the items.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <exception>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

namespace rtlgen {

/// Calls work(0) to work(count - 1), at most `threads` (at least 1) at a time, and gives the
/// results in order. The first exception, by index, is thrown again after all have ended.
template <class Work>
auto parallel_map(std::size_t count, std::size_t threads, const Work& work) {
    using Value = std::invoke_result_t<const Work&, std::size_t>;
    std::vector<Value> values(count);
    std::vector<std::exception_ptr> errors(count);
    std::atomic<std::size_t> next = 0;
    const auto run = [&] {
        for (std::size_t i = next++; i < count; i = next++) {
            try {
                values[i] = work(i);
            } catch (...) {
                errors[i] = std::current_exception();
            }
        }
    };
    {
        std::vector<std::jthread> pool;
        const std::size_t extra = std::min(count, std::max<std::size_t>(threads, 1));
        for (std::size_t i = 1; i < extra; ++i) pool.emplace_back(run);
        run();
    }
    for (const std::exception_ptr& error : errors) {
        if (error) std::rethrow_exception(error);
    }
    return values;
}

/// The number of processors that this process may use.
[[nodiscard]] std::size_t usable_processors();

}  // namespace rtlgen

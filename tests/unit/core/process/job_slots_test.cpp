// SPDX-License-Identifier: Apache-2.0
// Slots for jobs: never more than there are, and nobody starves.
#include "core/process/job_slots.h"

#include <atomic>
#include <set>
#include <thread>
#include <vector>

#include "core/base/temp_folder.h"
#include "tests/catch.h"

using namespace rtlgen;
using namespace rtlgen::process;

TEST_CASE("no more jobs run at once than there are slots, over all processes", "[slots]") {
    const TempFolder folder = TempFolder::create().value();
    const JobSlots one = JobSlots::open(folder.path(), 2).value();
    const JobSlots other = JobSlots::open(folder.path(), 2).value();
    std::atomic<int> running{0};
    std::atomic<int> most{0};
    std::vector<std::jthread> threads;
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&, i] {
            for (int round = 0; round < 5; ++round) {
                const auto slot = (i % 2 == 0 ? one : other).take({});
                if (!slot) return;
                const int now = ++running;
                for (int seen = most; seen < now && !most.compare_exchange_weak(seen, now);) {
                }
                std::this_thread::yield();
                --running;
            }
        });
    }
    threads.clear();
    CHECK(most <= 2);
    CHECK(most >= 1);
}

TEST_CASE("who waits for a slot beside a process with many jobs gets one soon", "[slots]") {
    const TempFolder folder = TempFolder::create().value();
    const JobSlots greedy = JobSlots::open(folder.path(), 1).value();
    const JobSlots modest = JobSlots::open(folder.path(), 1).value();  // as of another process
    std::atomic<int> granted{0};
    std::vector<std::jthread> threads;
    for (int i = 0; i < 6; ++i) {
        threads.emplace_back([&](const std::stop_token& stop) {
            while (const auto slot = greedy.take(stop)) {
                ++granted;
                std::this_thread::sleep_for(std::chrono::milliseconds(2));  // the job
                if (stop.stop_requested()) return;
            }
        });
    }
    int before_us = 0;
    constexpr int kRounds = 20;
    for (int round = 0; round < kRounds; ++round) {
        for (const int seen = granted; granted < seen + 2;) std::this_thread::yield();
        const int first = granted;
        REQUIRE(modest.take({}));
        before_us += granted - first;
    }
    // By turns: those that got in while we asked, and one or two before us.
    CHECK(before_us <= 3 * kRounds);
}

TEST_CASE("the wait for a slot ends by a stop, in the queue too", "[slots]") {
    const TempFolder folder = TempFolder::create().value();
    const JobSlots slots = JobSlots::open(folder.path(), 1).value();
    const auto held = slots.take({});
    REQUIRE(held);
    std::vector<Result<JobSlot>> results;
    std::mutex mutex;
    std::vector<std::jthread> threads;
    for (int i = 0; i < 2; ++i) {
        threads.emplace_back([&](const std::stop_token& stop) {
            auto slot = slots.take(stop);
            const std::lock_guard lock(mutex);
            results.push_back(std::move(slot));
        });
    }
    for (std::jthread& thread : threads) thread.request_stop();
    threads.clear();
    REQUIRE(results.size() == 2);
    for (const auto& result : results) {
        REQUIRE_FALSE(result);
        CHECK(result.error().code == ErrorCode::Interrupted);
    }
}

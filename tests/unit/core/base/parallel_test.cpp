// SPDX-License-Identifier: Apache-2.0
#include "core/base/parallel.h"

#include <latch>
#include <stdexcept>

#include "tests/catch.h"

using namespace rtlgen;

TEST_CASE("results come in the order of the items, whoever finished first") {
    std::latch second_done(1);
    const auto values = parallel_map(3, 3, [&](std::size_t i) {
        if (i == 0) second_done.wait();
        if (i == 1) second_done.count_down();
        return static_cast<int>(i) * 10;
    });
    CHECK(values == std::vector<int>{0, 10, 20});
    CHECK(parallel_map(0, 4, [](std::size_t) { return 1; }).empty());
}

TEST_CASE("an exception comes out after all items have ended") {
    std::atomic<int> ended = 0;
    const auto run = [&] {
        parallel_map(8, 2, [&](std::size_t i) {
            ++ended;
            if (i == 2) throw std::runtime_error("two");
            return 0;
        });
    };
    CHECK_THROWS_WITH(run(), "two");
    CHECK(ended == 8);
}

TEST_CASE("this machine has a processor") { CHECK(usable_processors() >= 1); }

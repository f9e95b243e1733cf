// SPDX-License-Identifier: Apache-2.0
#include <set>

#include "core/tools/front_end.h"
#include "tests/catch.h"

TEST_CASE("each front end has a place of its own in the order of clear messages") {
    std::set<int> places;
    for (const auto& row : rtlgen::tools::front_ends()) places.insert(row.clarity);
    CHECK(places.size() == rtlgen::tools::front_ends().size());
    CHECK(*places.begin() == 1);
}

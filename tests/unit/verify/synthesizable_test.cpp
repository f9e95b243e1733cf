// SPDX-License-Identifier: Apache-2.0
#include "verify/synthesizable.h"

#include "tests/catch.h"

using namespace rtlgen;
using namespace rtlgen::verify;

namespace {

std::int64_t latches_in(const std::string& report) {
    const auto stat = tools::parse_stat(report);
    REQUIRE(stat);
    return count_latches(*stat);
}

}  // namespace

TEST_CASE("latches are counted in both shapes of Yosys's statistics") {
    const std::string old = "=== top ===\n\n   Number of cells:                  7\n";
    CHECK(latches_in(old + "     $dlatch                         2\n     $dff   3\n") == 2);
    const std::string newer =
        "=== top ===\n\n        +----------Local Count, excluding submodules.\n";
    CHECK(latches_in(newer + "        5 cells\n        4   $dlatch\n        1   $and\n") == 4);
    CHECK(latches_in(old + "     $sr 1\n     $srl_thing 5\n     $_DLATCH_P_   1\n") == 2);
    CHECK(latches_in("=== top ===\n\n   Number of cells:   3\n") == 0);
}

// SPDX-License-Identifier: Apache-2.0
#include "synth/latch_map.h"

#include "tests/catch.h"

using namespace rtlgen;
using namespace rtlgen::synth;

namespace {

Liberty library_of(const std::vector<LibertyCell>& cells) {
    Liberty library;
    for (const LibertyCell& cell : cells) library.cells[cell.name] = cell;
    return library;
}

LibertyCell latch(const std::string& name, double area, const LatchPins& pins) {
    LibertyCell cell;
    cell.name = name;
    cell.area = {area};
    cell.kind = LibertyCell::Kind::Latch;
    cell.latch = pins;
    return cell;
}

}  // namespace

TEST_CASE("the smallest latch takes both polarities, one of them by an inverter") {
    const std::string map = latch_map(library_of(
        {latch("BIG", 9, {"G", "D", "Q", false}), latch("SMALL", 4, {"GN", "DI", "QO", true})}));
    CHECK(map ==
          "module \\$_DLATCH_P_ (input E, D, output Q);\n"
          "  wire enable;\n  \\$_NOT_ inverter (.A(E), .Y(enable));\n"
          "  SMALL _TECHMAP_REPLACE_ (.GN(enable), .DI(D), .QO(Q));\nendmodule\n"
          "module \\$_DLATCH_N_ (input E, D, output Q);\n"
          "  SMALL _TECHMAP_REPLACE_ (.GN(E), .DI(D), .QO(Q));\nendmodule\n");
}

TEST_CASE("no latch and no name that would be more than a name makes a map") {
    CHECK(latch_map({}).empty());
    CHECK(latch_map(library_of({latch("L", 1, {"G", "D", "Q(1)); evil x(.a", false})})).empty());
    CHECK(latch_map(library_of({latch("L;", 1, {"G", "D", "Q", false})})).empty());
}

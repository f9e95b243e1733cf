// SPDX-License-Identifier: Apache-2.0
// The statistics of each generation of Yosys, as 0.23, 0.52 and 0.70 printed them of one design.
#include "core/tools/yosys/yosys_stat.h"
#include "core/tools/yosys/yosys_cells.h"
#include "tests/catch.h"

using namespace rtlgen;
using namespace rtlgen::tools;

namespace {

constexpr std::string_view kOldText = R"(
14. Printing statistics.

=== fifo ===

   Number of wires:                560
   Number of wire bits:            694
   Number of public wires:          26
   Number of memories:               0
   Number of memory bits:            0
   Number of processes:              0
   Number of cells:                146
     DFFPOSX1                      136
     DFFSR                          10

   Chip area for module '\fifo': 59264.000000
     of which used for sequential elements: 59264.000000 (100.00%)

)";

constexpr std::string_view kNewText = R"(
14. Printing statistics.

=== fifo ===

        +----------Local Count, excluding submodules.
        |        +-Local Area, excluding submodules.
        |        | 
      560        - wires
      694        - wire bits
       26        - public wires
        8        - ports
      146 5.93E+04 cells
      136    52224   DFFPOSX1
       10     7040   DFFSR

   Chip area for module '\fifo': 59264.000000
     of which used for sequential elements: 59264.000000 (100.00%)

)";

constexpr std::string_view kOldHierarchy = R"(=== topm ===

   Number of wires:                  7
   Number of memories:               1
   Number of memory bits:           32
   Number of cells:                  3
     $memrd                          1
     sub                             2

=== design hierarchy ===

   topm                              1
     sub                             2

   Number of wires:                 21
   Number of memories:               1
   Number of memory bits:           32
   Number of cells:                  5
     $_DFF_P_                        2
     $memrd                          1
     INVX1                           2

   Area for cell type $_DFF_P_ is unknown!

   Chip area for top module '\topm': 128.000000
)";

constexpr std::string_view kNewHierarchy = R"(=== topm ===

        +----------Local Count, excluding submodules.
        | 
        7 wires
        1 memories
       32 memory bits
        1 cells
        1   $memrd
        2 submodules
        2   sub

=== design hierarchy ===

        +----------Count including submodules.
        | 
        5 topm
        2 sub

        +----------Count including submodules.
        | 
       17 wires
        1 memories
       32 memory bits
        - processes
        5 cells
        2   $dff
        1   $memrd
        2   $not
        2 submodules
        2   sub

   Area for cell type $dff is unknown!
)";

}  // namespace

TEST_CASE("Statistics with names first and with counts first say the same") {
    for (const std::string_view text : {kOldText, kNewText}) {
        CAPTURE(std::string(text));
        const auto stat = parse_stat(text);
        REQUIRE(stat);
        CHECK(stat->wires == 560);
        CHECK(stat->wire_bits == 694);
        CHECK(stat->cells == 146);
        CHECK(stat->cells_by_type ==
              std::map<std::string, std::int64_t>{{"DFFPOSX1", 136}, {"DFFSR", 10}});
        REQUIRE(stat->area);
        CHECK(stat->area->value == 59264);
        CHECK(stat->cells_without_area.empty());
    }
}

TEST_CASE("Of a hierarchy its sum counts, with cells that the library lacks") {
    const auto old = parse_stat(kOldHierarchy);
    REQUIRE(old);
    CHECK(old->cells == 5);
    CHECK(old->memory_bits == 32);
    CHECK(old->cells_by_type.at("INVX1") == 2);
    CHECK(old->cells_by_type.count("sub") == 0);
    CHECK(old->cells_without_area == std::map<std::string, std::int64_t>{{"$_DFF_P_", 2}});
    const auto recent = parse_stat(kNewHierarchy);
    REQUIRE(recent);
    CHECK(recent->cells == 5);
    CHECK(recent->wires == 17);
    CHECK(recent->cells_by_type ==
          std::map<std::string, std::int64_t>{{"$dff", 2}, {"$memrd", 1}, {"$not", 2}});
    CHECK(recent->cells_without_area == std::map<std::string, std::int64_t>{{"$dff", 2}});
    CHECK_FALSE(recent->area);
}

TEST_CASE("a netlist of wires alone has no cells, which 0.70 has no line for") {
    const auto stat = parse_stat(R"(
8. Printing statistics.

=== pt ===

        +----------Local Count, excluding submodules.
        |
        2 wires
        2 wire bits
        2 public wires
        2 ports

)");
    REQUIRE(stat);
    CHECK(stat->cells == 0);
    CHECK(stat->wires == 2);
    CHECK(stat->cells_by_type.empty());
}

TEST_CASE("A text without a count of cells is an error, not an empty netlist") {
    for (const char* text : {"", "\n\n", "=== top ===\n", "ERROR: No such command\n"}) {
        CAPTURE(text);
        const auto stat = parse_stat(text);
        REQUIRE_FALSE(stat);
        CHECK(stat.error().code == ErrorCode::ToolFailed);
    }
}

TEST_CASE("Yosys's cell types are told apart by name") {
    using K = YosysCellKind;
    const std::pair<const char*, K> wanted[] = {
        {"$dff", K::FlipFlop},         {"$sdffce", K::FlipFlop},
        {"$_DFFE_PP0P_", K::FlipFlop}, {"$_ALDFF_PP_", K::FlipFlop},
        {"$ff", K::FlipFlop},          {"$dlatch", K::Latch},
        {"$_DLATCH_N_", K::Latch},     {"$sr", K::Latch},
        {"$mem_v2", K::Memory},        {"$scopeinfo", K::NoHardware},
        {"$assert", K::NoHardware},    {"$_AND_", K::Combinational},
        {"$mux", K::Combinational},    {"$paramod\\f\\W=4", K::Module},
        {"INVX1", K::Module}};
    for (const auto& [type, kind] : wanted) {
        CAPTURE(type);
        CHECK(yosys_cell_kind(type) == kind);
    }
}

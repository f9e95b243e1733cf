// SPDX-License-Identifier: Apache-2.0
// Netlists in Yosys's JSON, their longest paths and loops.
#include "synth/path_depth.h"
#include "synth/netlist.h"
#include "tests/catch.h"

using namespace rtlgen;
using namespace rtlgen::synth;

namespace {

std::string cell(const std::string& name, const std::string& type, int a, int y) {
    return "\"" + name + "\":{\"type\":\"" + type +
           "\",\"port_directions\":{\"A\":\"input\",\"Y\":\"output\"},\"connections\":{\"A\":[" +
           std::to_string(a) + "],\"Y\":[" + std::to_string(y) + "]}}";
}

/// A module with an input `a` (net 2), an output `y` (net 9) and these cells.
Netlist netlist(const std::string& cells) {
    const auto read = read_netlist(
        R"({"modules":{"box":{"attributes":{"blackbox":"1"},"ports":{"A":{"direction":"input","bits":[2]}}},)"
        R"("m":{"attributes":{"top":"1"},"ports":{"a":{"direction":"input","bits":[2]},)"
        R"("y":{"direction":"output","bits":[9]}},"cells":{)" +
        cells +
        R"(},"netnames":{"a":{"bits":[2],"attributes":{}},"y":{"bits":[9],"attributes":{"src":"f.v:1.2-1.3"}},)"
        R"("v":{"bits":[3,4,"0"],"offset":4,"attributes":{}},"$hidden":{"hide_name":1,"bits":[5]}}}}})");
    REQUIRE(read);
    return *read;
}

}  // namespace

TEST_CASE("The module of the attribute is read, its nets by the source's names and indices") {
    const Netlist read = netlist(cell("c", "$_NOT_", 2, 9));
    CHECK(read.top == "m");
    CHECK(read.cells.size() == 1);
    CHECK(read.ports.size() == 2);
    CHECK(read.names.at(9).text() == "y");
    CHECK(read.names.at(4).text() == "v[5]");
    CHECK(read.names.count(5) == 0);
}

TEST_CASE("Depth counts the combinational cells of the longest path, and flip-flops end one") {
    const std::string chain = cell("c", "$_NOT_", 2, 3) + "," + cell("d", "$_NOT_", 3, 5) + ",";
    const PathReport through = measure_paths(netlist(chain + cell("e", "$_NOT_", 5, 9)), nullptr);
    REQUIRE(through.depth);
    CHECK(*through.depth == LogicDepth{3, "a", "y"});
    const PathReport cut = measure_paths(netlist(chain + cell("e", "$_DFF_P_", 5, 9)), nullptr);
    REQUIRE(cut.depth);
    CHECK(cut.depth->cells == 2);
    const PathReport box = measure_paths(netlist(chain + cell("e", "box", 5, 9)), nullptr);
    CHECK(box.depth->cells == 2);
    CHECK(measure_paths(netlist(""), nullptr).depth->cells == 0);
}

TEST_CASE("A loop is told by its signals alone, without what lies before or behind it") {
    const PathReport report =
        measure_paths(netlist(cell("c", "$_NOT_", 2, 3) + "," + cell("d", "$_NOT_", 9, 5) + "," +
                              cell("e", "$_NOT_", 5, 9) + "," + cell("f", "$_NOT_", 9, 4)),
                      nullptr);
    CHECK_FALSE(report.depth);
    REQUIRE(report.loop);
    CHECK(report.loop->signals == std::vector<std::string>{"y"});
    CHECK(report.loop->source == "f.v:1.2-1.3");
}

TEST_CASE("What is no netlist is the tool's failure") {
    for (const char* text :
         {"", "{}", "[1]", R"({"modules":{}})", R"({"modules":{"m":{"cells":{"c":{}}}}})"}) {
        CAPTURE(text);
        const auto read = read_netlist(text);
        REQUIRE_FALSE(read);
        CHECK(read.error().code == ErrorCode::ToolFailed);
    }
}

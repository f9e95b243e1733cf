// SPDX-License-Identifier: Apache-2.0
// Module headers by Verilator: its two kinds of trees, and the Verilators of this machine.
#include "core/tools/verilator/verilator_interface.h"

#include "core/process/sandbox.h"
#include "core/tools/verilator/verilator_tree.h"
#include "tests/catch.h"

using namespace rtlgen;
using namespace rtlgen::tools;
using namespace rtlgen::tools::verilator;

namespace {

constexpr const char* kTypes = R"(package p;
  parameter int W = 5;
  typedef logic [W-1:0] word_t;
  typedef enum logic [1:0] {A, B} e_t;
  typedef struct packed { word_t a; logic b; } s_t;
endpackage
module sub #(parameter int N = 3) (input logic [N-1:0] a, output logic y);
  assign y = ^a;
endmodule
module top import p::*; #(parameter int N = 4, localparam int M = N * 2)
  (input logic clk, input word_t d, input s_t s, input e_t e, input logic signed [0:M-1] v,
   output logic [N:1] q, inout wire io, input logic [1:0] un [3], input logic [2:0][3:0] pa);
  logic [7:0] inner;
  sub #(.N(N)) u(.a(q), .y());
  assign q = N'(d);
endmodule
)";

constexpr const char* kJsonTree = R"json({"type":"NETLIST","modulesp":[{"type":"MODULE","name":"m",
 "origName":"m","stmtsp":[{"type":"VAR","origName":"a","direction":"INPUT","varType":"PORT",
 "dtypep":"(A)"
}]
}],"miscsp":[{"type":"TYPETABLE","typesp":[{"type":"REFDTYPE","addr":"(A)",
 "dtypep":"TARGET"},{"type":"BASICDTYPE","addr":"(B)","keyword":"logic","range":"RANGE"}]}]
})json";

Result<ModuleHeader> header_of_json(const std::string& target, const std::string& range) {
    std::string text = kJsonTree;
    text.replace(text.find("TARGET"), 6, target);
    text.replace(text.find("RANGE"), 5, range);
    auto tree = read_json_tree(text);
    REQUIRE(tree);
    return verilator::header_of(*tree, "m");
}

}  // namespace

TEST_CASE("every Verilator here gives the widths of named types, structs and parameters") {
    auto runner = process::make_runner({});
    if (!runner) SKIP_VISIBLY("no jail can be made here");
    const auto report = probe_tools(default_tool_search(), **runner);
    REQUIRE(report);
    const auto tools = report->toolset.all(ToolKind::Verilator);
    if (tools.empty()) SKIP_VISIBLY("Verilator isn't installed");
    SourceSet set;
    set.files = {{"user file.sv", {}, kTypes}};
    set.parameters = {{"N", "6"}};
    for (const Tool* tool : tools) {
        CAPTURE(tool->version);
        const auto header = verilator::read_interface(*tool, set, "top", **runner, {});
        INFO((header ? std::string() : header.error().text()));
        REQUIRE(header);
        CHECK(header->name == "top");
        CHECK(header->read_by == "verilator");
        REQUIRE(header->parameters.size() == 1);
        CHECK(header->parameters[0].name == "N");
        const std::vector<Port> ports = {
            {"clk", PortDirection::Input, 1, "", false},
            {"d", PortDirection::Input, 5, "[4:0]", false},
            {"s", PortDirection::Input, 6, "[5:0]", false},
            {"e", PortDirection::Input, 2, "[1:0]", false},
            {"v", PortDirection::Input, 12, "[0:11]", true},
            {"q", PortDirection::Output, 6, "[6:1]", false},
            {"io", PortDirection::Inout, 1, "", false},
            {"un", PortDirection::Input, 0, "", false},
            {"pa", PortDirection::Input, 12, "[11:0]", false},
        };
        REQUIRE(header->ports.size() == ports.size());
        for (std::size_t i = 0; i < ports.size(); ++i) {
            CAPTURE(ports[i].name);
            CHECK(header->ports[i] == ports[i]);
        }
        const auto missing = verilator::read_interface(*tool, set, "nowhere", **runner, {});
        REQUIRE_FALSE(missing);
        CHECK(missing.error().code == ErrorCode::NotFound);
    }
}

TEST_CASE("a tree that refers to itself or has absurd ranges gives a width of none") {
    CHECK(header_of_json("(B)", "7:0")->ports.at(0).width == 8);
    CHECK(header_of_json("(A)", "7:0")->ports.at(0).width == 0);
    CHECK(header_of_json("(nowhere)", "7:0")->ports.at(0).width == 0);
    CHECK(header_of_json("(B)", "9223372036854775807:-9223372036854775807")->ports.at(0).width ==
          0);
    CHECK(header_of_json("(B)", "x:0")->ports.at(0).width == 0);
}

TEST_CASE("what is no tree is the tool's fault, and a module with interfaces is left to others") {
    for (const char* text : {"", "{", "[]", "{\"modulesp\":3", "<netlist", "<a></b></c>"}) {
        CAPTURE(text);
        CHECK_FALSE(read_json_tree(text));
        CHECK_FALSE(read_xml_tree(text));
    }
    CHECK(read_json_tree("{\"modulesp\":3}")->modules.empty());
    const auto tree = read_xml_tree(
        "<netlist><module origName=\"m\"><var origName=\"b\" vartype=\"ifaceref\"/></module>"
        "<typetable><basicdtype id=\"1\"/><range><const "
        "name=\"1\"/></range></typetable></netlist>");
    REQUIRE(tree);
    CHECK(verilator::header_of(*tree, "m").error().code == ErrorCode::NotFound);
}

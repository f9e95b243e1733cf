// SPDX-License-Identifier: Apache-2.0
#include "core/rtl/module_header.h"

#include <fmt/format.h>

#include "core/rtl/lexer.h"
#include "tests/catch.h"

using namespace rtlgen;
using namespace rtlgen::rtl;

namespace {

ModuleHeader header_of(const std::string& text, const HeaderOptions& options = {}) {
    auto header = interface_from_text(text, options);
    REQUIRE(header.has_value());
    return *header;
}

DesignUnit only_unit(std::string_view text) {
    Outline outline = read_outline(text);
    REQUIRE(outline.units.size() == 1);
    return outline.units.front();
}

Port port(std::string name, PortDirection direction, int width, std::string range = {},
          bool is_signed = false) {
    return {std::move(name), direction, width, std::move(range), is_signed};
}

constexpr auto kIn = PortDirection::Input;
constexpr auto kOut = PortDirection::Output;
constexpr auto kInout = PortDirection::Inout;

}  // namespace

TEST_CASE("ports of an ANSI header have direction, width, range and sign") {
    const ModuleHeader header = header_of(
        "module m (input clk, rst, input wire [7:0] a, b, output reg signed [3:0] q, inout z);");
    CHECK(header.name == "m");
    CHECK(header.read_by == "lexer");
    CHECK(header.ports == std::vector<Port>{port("clk", kIn, 1), port("rst", kIn, 1),
                                            port("a", kIn, 8, "[7:0]"), port("b", kIn, 8, "[7:0]"),
                                            port("q", kOut, 4, "[3:0]", true),
                                            port("z", kInout, 1)});
}

TEST_CASE("a new direction doesn't take over the width before it") {
    const ModuleHeader header = header_of("module m (input [7:0] a, output b, output logic c);");
    CHECK(header.ports[1] == port("b", kOut, 1));
    CHECK(header.ports[2] == port("c", kOut, 1));
}

TEST_CASE("ports of a non-ANSI header are declared in the body, in any order") {
    const std::string text =
        "module m(q, a, clk);\n parameter W = 4;\n input clk;\n output [W-1:0] q;\n"
        " reg [W-1:0] q;\n input signed [2*W-1:0] a;\n"
        " function f; input x; f = x; endfunction\nendmodule";
    const DesignUnit unit = only_unit(text);
    CHECK_FALSE(unit.ansi);
    CHECK(unit.header.ports == std::vector<Port>{port("q", kOut, 4, "[W-1:0]"),
                                                 port("a", kIn, 8, "[2*W-1:0]", true),
                                                 port("clk", kIn, 1)});
    CHECK(unit.header.parameters == std::vector<Parameter>{{"W", "4"}});
}

TEST_CASE("parameters keep their text, and localparams are constants alone") {
    const ModuleHeader header = header_of(
        "module m #(parameter int W = 8, D = 2**3, localparam A = $clog2(D),\n"
        " parameter type T = logic [1:0]) (input [W-1:0] d, input [A-1:0] p);");
    CHECK(header.parameters ==
          std::vector<Parameter>{{"W", "8"}, {"D", "2**3"}, {"T", "logic [1:0]"}});
    CHECK(header.ports[0].width == 8);
    CHECK(header.ports[1].width == 3);
}

TEST_CASE("given values of parameters and macros count in widths") {
    HeaderOptions options;
    options.parameters = {{"W", "16"}};
    options.defines = {{"N", "3"}};
    const ModuleHeader header =
        header_of("module m #(parameter W = 8) (input [W-1:0] a, input [`N:0] b);", options);
    CHECK(header.ports[0].width == 16);
    CHECK(header.ports[1].width == 4);
}

TEST_CASE("widths by macros, packages, imports and several dimensions are evaluated") {
    const std::string text =
        "`define TOP 15\npackage p; localparam int W = 5; endpackage\n"
        "module m import p::*; (input [`TOP:0] a, input [p::W-1:0] b, input [W:0] c,\n"
        " input [1:0][3:0] d, input int e, input byte f, input [0:6] g);\nendmodule";
    const Outline outline = read_outline(text);
    REQUIRE(outline.units.size() == 2);
    CHECK(outline.units[0].kind == UnitKind::Package);
    CHECK(outline.units[1].packages == std::vector<std::string>{"p"});
    const std::vector<int> expected = {16, 5, 6, 8, 32, 8, 7};
    for (std::size_t i = 0; i < expected.size(); ++i) {
        CAPTURE(i);
        CHECK(outline.units[1].header.ports[i].width == expected[i]);
    }
    CHECK(outline.units[1].header.ports[3].range == "[1:0][3:0]");
}

TEST_CASE("what can't be evaluated has width 0, not a guess") {
    const ModuleHeader header = header_of(
        "module m (input [FOO:0] a, input foo_t b, axi_if.slave c, input [7:0] d [4], "
        "input [1<<70:0] e, input [1/0:0] f);");
    for (const Port& port : header.ports) {
        CAPTURE(port.name);
        CHECK(port.width == 0);
    }
    CHECK(header.ports[2].direction == kInout);
    CHECK(header.ports[2].name == "c");
}

TEST_CASE("a branch that the defines leave out gives no ports") {
    const std::string text =
        "module m (input a\n`ifdef WIDE\n, input [63:0] b\n`else\n, input b\n`endif\n);";
    CHECK(header_of(text).ports[1].width == 1);
    HeaderOptions options;
    options.defines = {{"WIDE", std::nullopt}};
    CHECK(header_of(text, options).ports[1].width == 64);
}

TEST_CASE("attributes, comments and default values are no part of a port") {
    const ModuleHeader header = header_of(
        "module m ((* keep *) input a /* b */ = 1'b0, // c\n output logic [1:0] d = {1'b0, "
        "1'b1});");
    CHECK(header.ports == std::vector<Port>{port("a", kIn, 1), port("d", kOut, 2, "[1:0]")});
}

TEST_CASE("the spans of a unit are its header, its body and all of it") {
    const std::string text = "// x\nmodule m(input a);\n wire b;\nendmodule : m\n// y";
    const DesignUnit unit = only_unit(text);
    CHECK(unit.header_span.of(text) == "module m(input a);");
    CHECK(unit.body_span.of(text) == "\n wire b;\n");
    CHECK(unit.span.of(text) == "module m(input a);\n wire b;\nendmodule : m");
    CHECK(unit.closed);
    CHECK(unit.line == 2);
}

TEST_CASE("a module without its end is open and stops where the next begins") {
    const std::string text = "module a; wire x;\nmodule b; endmodule";
    const Outline outline = read_outline(text);
    REQUIRE(outline.units.size() == 2);
    CHECK_FALSE(outline.units[0].closed);
    CHECK(outline.units[0].span.of(text) == "module a; wire x;\n");
    CHECK(outline.units[1].closed);
}

TEST_CASE("a nested module belongs to its outer one") {
    const Outline outline = read_outline("module a; module b; endmodule c u(); endmodule");
    REQUIRE(outline.units.size() == 2);
    CHECK(outline.units[0].closed);
    CHECK(outline.units[0].instances.size() == 1);
    CHECK(outline.units[1].header.name == "b");
    CHECK(outline.units[1].instances.empty());
}

TEST_CASE("instances are found, and nothing that only looks like one") {
    const DesignUnit unit = only_unit(
        "module top;\n"
        " sub #(.W(3)) u0 (.a(b));\n"
        " sub2 #4 u1 [3:0] (x);\n"
        " genvar i; generate for (i=0;i<2;i=i+1) begin : g sub3 u2(y); end endgenerate\n"
        " if (1) sub4 u3(z); else sub5 u4(z);\n"
        " and g0(a, b, c);\n foo_t v;\n initial begin show(1); $display(\"no u9 (x)\"); end\n"
        " function foo_t f(input x); return g (x); endfunction\n"
        " assign q = f(1) ? a : b;\n"
        " bind other checker_m u5 (.*);\n"
        "endmodule");
    std::vector<std::string> names;
    for (const Instance& instance : unit.instances) names.push_back(instance.module_name);
    CHECK(names == std::vector<std::string>{"sub", "sub2", "sub3", "sub4", "sub5", "checker_m"});
    CHECK(unit.instances[0].name == "u0");
    CHECK(unit.instances[0].line == 2);
}

TEST_CASE("interfaces, packages, programs, classes and primitives are recognised") {
    const Outline outline = read_outline(
        "interface i; endinterface package p; endpackage program r; endprogram\n"
        "class c extends d; endclass primitive u(o, a); output o; input a; table 0:1; endtable "
        "endprimitive virtual class v; endclass\n"
        "typedef class fwd; module m(i.slave s); virtual interface i x; endmodule");
    std::vector<std::string> found;
    for (const DesignUnit& unit : outline.units) {
        CHECK(unit.closed);
        found.push_back(std::string(to_string(unit.kind)) + " " + unit.header.name);
    }
    CHECK(found == std::vector<std::string>{"interface i", "package p", "program r", "class c",
                                            "primitive u", "class v", "module m"});
}

TEST_CASE("a module within a macro's text, a comment or a string is none") {
    CHECK(
        read_outline("`define M module m; endmodule\n// module a;\n/* module b; */").units.empty());
    CHECK(read_outline("\"module c;\"").units.empty());
}

TEST_CASE("an escaped name is a name") {
    const ModuleHeader header = header_of("module \\a+b (input \\x[0] , output y);");
    CHECK(header.name == "a+b");
    CHECK(header.ports[0].name == "x[0]");
}

TEST_CASE("an interface without a module is an error that says what to write") {
    const auto header = interface_from_text("input a; output b;");
    REQUIRE_FALSE(header.has_value());
    CHECK(header.error().code == ErrorCode::InvalidArgument);
    CHECK(header.error().message.find("module NAME") != std::string::npos);
}

TEST_CASE("a header that is printed reads back as it was") {
    const ModuleHeader header = header_of(
        "module m #(parameter W = 8, parameter D = W*2) (input clk, input signed [W-1:0] a, "
        "output [3:0] q, inout z);");
    CHECK(header_of(header_text(header)) == header);
    const ModuleHeader empty = header_of("module e;");
    CHECK(header_text(empty) == "module e;\n");
}

TEST_CASE("hostile depth and repetition end soon") {
    const std::string deep(200'000, '(');
    CHECK(read_outline("module m" + deep).units.size() == 1);
    std::string functions = "module m;";
    for (int i = 0; i < 50'000; ++i) functions += " function f;";
    CHECK(read_outline(functions).units.size() == 1);
    std::string macros;
    for (int i = 0; i < 60; ++i) {
        macros += fmt::format("`define M{} (`M{}+`M{})\n", i, i + 1, i + 1);
    }
    CHECK(header_of(macros + "module m(input [`M0:0] a);").ports[0].width == 0);
    CHECK(header_of("module m(input [" + deep + "1:0] a);").name == "m");
}

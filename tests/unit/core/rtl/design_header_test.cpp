// SPDX-License-Identifier: Apache-2.0
#include "core/rtl/design_header.h"

#include "core/process/sandbox.h"
#include "tests/catch.h"

using namespace rtlgen;
using namespace rtlgen::rtl;

namespace {

SourceSet set_of(const std::string& text) {
    SourceSet set;
    set.files = {{"p.sv", "", "package p; localparam int D = 5; endpackage\n"}, {"m.sv", "", text}};
    set.top = "m";
    return set;
}

/// Yosys's answer needs a runner that works here, and Yosys.
struct Machine {
    std::unique_ptr<process::Runner> runner;
    tools::Toolset toolset;
};

std::optional<Machine> machine() {
    auto runner = process::make_runner({});
    if (!runner) return std::nullopt;
    auto probed = tools::probe_tools(tools::default_tool_search(), **runner);
    if (!probed || probed->toolset.find(tools::ToolKind::Yosys) == nullptr) return std::nullopt;
    return Machine{*std::move(runner), std::move(probed->toolset)};
}

}  // namespace

TEST_CASE("the lexer knows constants of packages in earlier files") {
    const auto header =
        header_by_lexer(set_of("module m(input [p::D-1:0] a, output [1:0] y); endmodule"), "m");
    REQUIRE(header.has_value());
    CHECK(header->ports[0].width == 5);
    CHECK(header_by_lexer(set_of(""), "m").error().code == ErrorCode::NotFound);
}

TEST_CASE("Yosys evaluates a width that the lexer can't, and the source's texts stay") {
    const auto here = machine();
    if (!here) SKIP_VISIBLY("no Yosys or no jail on this machine");
    const SourceSet set = set_of(
        "module m #(parameter W = 4) (input [W-1:0] a, output [f(W):0] y);\n"
        "function integer f; input integer x; f = x * 2; endfunction\n"
        "assign y = {a, a};\nendmodule\n");
    CHECK(header_by_lexer(set, "m")->ports[1].width == 0);
    const auto header =
        module_header_with_tools(set, "m", here->toolset, *here->runner, std::stop_token());
    REQUIRE(header.has_value());
    CHECK(header->read_by == "yosys");
    REQUIRE(header->ports.size() == 2);
    CHECK(header->ports[1].width == 9);
    CHECK(header->ports[0].range == "[W-1:0]");
    CHECK(header->parameters == std::vector<Parameter>{{"W", "4"}});
}

TEST_CASE("the lexer answers where Yosys reads nothing") {
    const auto here = machine();
    if (!here) SKIP_VISIBLY("no Yosys or no jail on this machine");
    const auto header =
        module_header_with_tools(set_of("module m(input [2:0] a); assign = ; endmodule"), "m",
                                 here->toolset, *here->runner, std::stop_token());
    REQUIRE(header.has_value());
    CHECK(header->read_by == "lexer");
    CHECK(header->ports[0].width == 3);
}

TEST_CASE("Verilator answers where no Yosys can, with the source's texts and order") {
    const auto here = machine();
    if (!here) SKIP_VISIBLY("no Yosys or no jail on this machine");
    tools::Toolset verilators;
    for (const tools::Tool* tool : here->toolset.all(tools::ToolKind::Verilator)) {
        verilators.tools.push_back(*tool);
    }
    if (verilators.tools.empty()) SKIP_VISIBLY("Verilator isn't installed");
    const auto header = module_header_with_tools(
        set_of("module m(q, a); parameter W = 4; typedef logic [W:0] t; input t a;\n"
               "output logic [W-1:0] q; assign q = a[W-1:0]; endmodule\n"),
        "m", verilators, *here->runner, std::stop_token());
    REQUIRE(header.has_value());
    CHECK(header->read_by == "verilator");
    REQUIRE(header->ports.size() == 2);
    CHECK(header->ports[0].name == "q");
    CHECK(header->ports[0].range == "[W-1:0]");
    CHECK(header->ports[1].width == 5);
}

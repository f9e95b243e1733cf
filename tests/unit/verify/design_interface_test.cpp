// SPDX-License-Identifier: Apache-2.0
#include "verify/reference/design_interface.h"

#include <algorithm>

#include "tests/catch.h"
#include "tests/unit/verify/judge_machine.h"

using namespace rtlgen;
using namespace rtlgen::verify;

namespace {

std::string resets_of(const DesignInterface& interface) {
    std::string text;
    for (const ResetInput& reset : interface.resets) {
        text += reset.name + (reset.active_low ? " low" : " high") +
                (reset.kind == ResetKind::Asynchronous ? " async;" : " sync;");
    }
    return text;
}

std::string joined(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names) text += name + ";";
    return text;
}

}  // namespace

TEST_CASE("bits of registers are counted where there is no other state") {
    const auto machine = test::open_judge_machine();
    if (!machine || !machine->has(tools::ToolKind::Yosys)) SKIP_VISIBLY("no jail or no Yosys");
    const std::string head =
        "module m(input c, input [3:0] a, input d, output reg [3:0] p, output reg q);\n";
    const auto bits_of = [&](const std::string& body) {
        SourceSet design;
        design.files = {{"m.v", {}, head + body + "\nendmodule\n"}};
        design.top = "m";
        return analyse_interface(design, machine->toolset, *machine->runner, {}).value().state_bits;
    };
    CHECK(bits_of("always @* begin p = a; q = d; end") == 0);
    CHECK(bits_of("always @(posedge c) begin p <= a; q <= d; end") == 5);
    CHECK_FALSE(bits_of("always @(posedge c) p <= a; always @* if (c) q = d;"));
    CHECK_FALSE(
        bits_of("reg [3:0] m[0:15]; always @(posedge c) begin m[a] <= {4{d}}; p <= m[a]; "
                "q <= d; end"));
}

TEST_CASE("clocks, resets and enables are told by what they do") {
    const auto machine = test::open_judge_machine();
    if (!machine || !machine->has(tools::ToolKind::Yosys)) SKIP_VISIBLY("no jail or no Yosys");
    struct Row {
        std::string ports;
        std::string body;
        std::string clocks;
        std::string resets;
        std::string enables;
    };
    const std::vector<Row> rows = {
        {"input a, input b, output y", "assign y = a & b;", "", "", ""},
        {"input tick, input d, output reg q", "always @(posedge tick) q <= d;", "tick;", "", ""},
        {"input c, input r, input d, output reg q",
         "always @(negedge c) if (r) q <= 0; else q <= d;", "c;", "r high sync;", ""},
        {"input c, input r, input d, output reg q",
         "always @(posedge c or negedge r) if (!r) q <= 0; else q <= d;", "c;", "r low async;", ""},
        {"input c, input rst, input [3:0] d, output reg [3:0] q",
         "always @(posedge c) if (rst || q == 9) q <= 0; else q <= q + d;", "c;", "rst high sync;",
         ""},
        {"input en, input d, output reg q", "always @* if (en) q = d;", "", "", "en;"},
        {"input c, input d, output reg p, output reg n",
         "always @(posedge c) p <= d; always @(negedge c) n <= d;", "c;", "", ""},
        {"input w, input r, input d, output reg q, output reg p",
         "always @(posedge w) q <= d; always @(posedge r) p <= q;", "r;w;", "", ""},
    };
    for (const Row& row : rows) {
        SourceSet design;
        design.files = {{"m.v", {}, "module m(" + row.ports + ");\n" + row.body + "\nendmodule\n"}};
        design.top = "m";
        const auto interface = analyse_interface(design, machine->toolset, *machine->runner, {});
        CAPTURE(row.body);
        REQUIRE(interface);
        CHECK(joined(interface->clocks) == row.clocks);
        CHECK(resets_of(*interface) == row.resets);
        CHECK(joined(interface->enables) == row.enables);
        CHECK(interface->obstacles.empty());
        CHECK(interface->has_state == !(row.clocks.empty() && row.enables.empty()));
    }
}

TEST_CASE("it is told how far counters count") {
    const auto machine = test::open_judge_machine();
    if (!machine || !machine->has(tools::ToolKind::Yosys)) SKIP_VISIBLY("no jail or no Yosys");
    using Steps = std::vector<std::uint32_t>;
    const std::vector<std::pair<std::string, Steps>> rows = {
        {"always @(posedge c) q <= q + 1;", {256}},
        {"always @(posedge c) q <= q + d;", {}},
        {"always @(posedge c) if (d[0]) q <= q - 1;", {256}},
        {"always @(posedge c) if (d[0] || q == 99) q <= 0; else q <= q + 1;", {100}},
        {"always @(posedge c) if (q < 20) q <= q + 8'd1;", {21}},
        {"reg [3:0] n; always @(posedge c) begin if (d[0]) n <= n + 1;\n"
         "if (n == 9) q <= q + 1; end",
         {10, 256}},
        {"reg [31:0] n; always @(posedge c) begin n <= n + 1; q <= n[31:24]; end", {65'536}},
        {"reg [31:0] n; always @(posedge c) begin n <= n == 1000 ? 0 : n + 1; q <= n; end", {1001}},
        {"always @(posedge c) q <= d;", {}},
    };
    for (const auto& [body, steps] : rows) {
        SourceSet design;
        design.files = {
            {"m.v",
             {},
             "module m(input c, input [7:0] d, output reg [7:0] q);\n" + body + "\nendmodule\n"}};
        design.top = "m";
        const auto interface = analyse_interface(design, machine->toolset, *machine->runner, {});
        CAPTURE(body);
        REQUIRE(interface);
        CHECK(interface->counter_steps == steps);
    }
}

TEST_CASE("ports have their widths, constants are known, inout is an obstacle") {
    const auto machine = test::open_judge_machine();
    if (!machine || !machine->has(tools::ToolKind::Yosys)) SKIP_VISIBLY("no jail or no Yosys");
    SourceSet design;
    design.files = {{"m.v",
                     {},
                     "module m(input [7:0] z, input a, inout io, output [2:0] y, output b);\n"
                     "  assign y = z == 8'hA5 ? 3'd1 : {2'b0, a};\n  assign b = a;\nendmodule\n"}};
    design.top = "m";
    const auto interface = analyse_interface(design, machine->toolset, *machine->runner, {});
    REQUIRE(interface);
    const auto width_of = [](const std::vector<Port>& ports, const char* name) {
        const auto found = std::ranges::find(ports, name, &Port::name);
        return found == ports.end() ? -1 : found->width;
    };
    CHECK(width_of(interface->inputs, "z") == 8);
    CHECK(width_of(interface->inputs, "a") == 1);
    CHECK(width_of(interface->outputs, "y") == 3);
    CHECK(width_of(interface->outputs, "b") == 1);
    CHECK(interface->input_bits() == 9);
    CHECK(interface->output_bits() == 4);
    CHECK(interface->constants == std::vector<ConstantBits>{"10100101"});
    CHECK(interface->obstacles == std::vector<std::string>{"inout port io"});
}

TEST_CASE("what no Yosys reads is not found, and no netlist is a tool's fault") {
    const auto machine = test::open_judge_machine();
    if (!machine || !machine->has(tools::ToolKind::Yosys)) SKIP_VISIBLY("no jail or no Yosys");
    SourceSet design;
    design.files = {{"m.v", {}, "module m(input a; endmodule\n"}};
    design.top = "m";
    CHECK(analyse_interface(design, machine->toolset, *machine->runner, {}).error().code ==
          ErrorCode::NotFound);
    for (const char* text : {"", "{", "{}", "[]", R"({"modules":{}})", R"({"modules":{"m":3}})"}) {
        CHECK(parse_interface(text).error().code == ErrorCode::ToolFailed);
    }
}

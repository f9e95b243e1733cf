// SPDX-License-Identifier: Apache-2.0
#include "verify/cone.h"

#include <algorithm>

#include "tests/catch.h"
#include "tests/unit/verify/judge_machine.h"

using namespace rtlgen;
using namespace rtlgen::verify;

namespace {

constexpr const char* kDesign = R"(module sub(input clk, input rst, input [3:0] d, output [3:0] q);
    reg [3:0] r;
    always @(posedge clk) begin
        if (rst) r <= 4'd0;
        else r <= d + 4'd1;
    end
    assign q = r;
endmodule
module m(input clk, input rst, input en, input [3:0] a, output [3:0] y, output z, output lone);
    wire [3:0] w;
    reg [3:0] cnt;
    reg other;
    reg [3:0] mem [0:3];
    always @(posedge clk)
        if (rst) cnt <= 4'd0;
        else if (en) cnt <= cnt + 4'd1;
    always @(posedge clk) other <= ~other;
    always @(posedge clk) mem[cnt[1:0]] <= a;
    sub s0(.clk(clk), .rst(rst), .d(cnt ^ a), .q(w));
    assign y = w & mem[a[1:0]];
    assign z = ^cnt;
    assign lone = other;
endmodule
)";

SourceSet design() {
    SourceSet set;
    set.files = {{"m.sv", {}, kDesign}};
    set.top = "m";
    return set;
}

std::vector<std::string> names(const Cone& cone) {
    std::vector<std::string> list;
    for (const ConeRegister& reg : cone.registers) list.push_back(reg.name);
    return list;
}

bool has_line(const Cone& cone, int line) {
    return std::ranges::find(cone.lines, line, &DrivingLine::line) != cone.lines.end();
}

Cone cone_of(const test::JudgeMachine& machine, const std::string& output) {
    auto cone = find_cone(design(), {output}, machine.toolset, *machine.runner, {});
    REQUIRE(cone);
    return *std::move(cone);
}

}  // namespace

TEST_CASE("a cone holds registers by distance, through instances and memories, and no others") {
    const auto machine = test::open_judge_machine();
    if (!machine) SKIP_VISIBLY("no jail");
    if (!machine->has(tools::ToolKind::Yosys)) SKIP_VISIBLY("no Yosys");
    const Cone y = cone_of(*machine, "y");
    CHECK(contains(y.read_by, "yosys "));
    CHECK(names(y) == std::vector<std::string>{"s0.r", "cnt"});
    CHECK(y.registers[0].distance == 1);
    CHECK(y.registers[1].distance == 2);
    CHECK(y.registers[1].width == 4);
    CHECK(y.clock == "clk");
    std::vector<std::string> inputs = y.inputs;
    std::ranges::sort(inputs);
    CHECK(inputs == std::vector<std::string>{"a", "en", "rst"});
    for (const int line : {3, 4, 5, 7, 15, 16, 18, 19, 20}) {
        CAPTURE(line);
        CHECK(has_line(y, line));
    }
    for (const int line : {17, 21, 22}) CHECK_FALSE(has_line(y, line));
    CHECK(y.lines.front() == DrivingLine{"m.sv", 20, "y"});
    const Cone lone = cone_of(*machine, "lone");
    CHECK(names(lone) == std::vector<std::string>{"other"});
    CHECK(lone.inputs.empty());
}

TEST_CASE("a design that Yosys refuses has its cone from the lexer, and the cone says so") {
    const auto machine = test::open_judge_machine();
    if (!machine) SKIP_VISIBLY("no jail");
    SourceSet broken = design();
    broken.files[0].text += "module n(; endmodule\n";
    const auto cone = find_cone(broken, {"z"}, machine->toolset, *machine->runner, {});
    REQUIRE(cone);
    CHECK(cone->read_by == "the lexer");
    CHECK(has_line(*cone, 21));
    CHECK(has_line(*cone, 16));
}

TEST_CASE("the lexer follows assignments from name to name") {
    const Cone cone = lexed_cone(design(), {"z"});
    CHECK(names(cone) == std::vector<std::string>{"cnt"});
    CHECK(cone.lines.front() == DrivingLine{"m.sv", 21, "z"});
    CHECK(has_line(cone, 15));
    CHECK(has_line(cone, 16));
    CHECK_FALSE(has_line(cone, 17));
    CHECK(lexed_cone({}, {"z"}).lines.empty());
}

TEST_CASE("a netlist that is none, or without the output, is an error") {
    CHECK(parse_cone("{", design(), {"y"}).error().code == ErrorCode::ToolFailed);
    CHECK(parse_cone("{\"modules\":{}}", design(), {"y"}).error().code == ErrorCode::ToolFailed);
    CHECK(parse_cone("{\"modules\":{\"m\":{\"ports\":{},\"cells\":{},\"netnames\":{}}}}", design(),
                     {"y"})
              .error()
              .code == ErrorCode::NotFound);
}

TEST_CASE("a cone's lists are bounded") {
    SourceSet set;
    std::string text = "module m(output y);\nassign y = r0;\n";
    for (int i = 0; i < 500; ++i) {
        text += "always @* r" + std::to_string(i) + " <= r" + std::to_string(i + 1) + ";\n";
    }
    set.files = {{"m.sv", {}, text + "endmodule\n"}};
    const Cone cone = lexed_cone(set, {"y"});
    CHECK(cone.lines.size() == kMostConeLines);
    CHECK(cone.registers.size() == kMostConeRegisters);
}

// SPDX-License-Identifier: Apache-2.0
// The flow's script and the reading of its files, without Yosys.
#include "synth/flow.h"

#include <algorithm>

#include "core/base/text.h"
#include "tests/catch.h"

using namespace rtlgen;
using namespace rtlgen::synth;

namespace {

SourceSet design() {
    SourceSet set;
    set.files = {{"a; shell touch x.v", {}, "module top; endmodule\n"}};
    set.top = "top";
    return set;
}

tools::YosysRun plan(const FlowTarget& target) {
    auto run = plan_flow(design(), tools::YosysReader::Verilog, target, {});
    REQUIRE(run);
    return *std::move(run);
}

bool has_input(const tools::YosysRun& run, std::string_view path) {
    return std::ranges::find(run.inputs, path, &process::InputFile::path) != run.inputs.end();
}

Library small_library() {
    Library library;
    library.path = "x; shell.lib";
    library.text = "library(l) { cell(DFF) { area : 2; } cell(INV) { area : 0.5; } }";
    LibertyCell flip_flop;
    flip_flop.name = "DFF";
    flip_flop.kind = LibertyCell::Kind::FlipFlop;
    flip_flop.pin_is_output = {{"C", false}, {"D", false}, {"Q", true}};
    LibertyCell inverter;
    inverter.name = "INV";
    inverter.pin_is_output = {{"A", false}, {"Y", true}};
    library.cells.cells = {{"DFF", flip_flop}, {"INV", inverter}};
    return library;
}

/// A register of a bit that is its own inverse, as write_json tells it before and after mapping.
std::string netlist(const std::string& flip_flop, const std::string& inverter) {
    return R"({"modules":{"top":{"attributes":{"top":"1"},"ports":{
 "clk":{"direction":"input","bits":[2]},"q":{"direction":"output","bits":[3]}},
 "cells":{"ff":{"type":")" +
           flip_flop + R"(","parameters":{},"attributes":{},
   "port_directions":{"C":"input","D":"input","Q":"output"},
   "connections":{"C":[2],"D":[4],"Q":[3]}},
  "inv":{"type":")" +
           inverter + R"(","parameters":{},"attributes":{},
   "port_directions":{"A":"input","Y":"output"},"connections":{"A":[3],"Y":[4]}}},
 "netnames":{"q":{"bits":[3],"attributes":{}}}}}})";
}

tools::YosysResult finished(const std::string& flip_flop, const std::string& inverter,
                            const std::string& area_line) {
    tools::YosysResult result;
    result.ok = true;
    result.outputs["rtl.json"] = netlist("$_DFF_P_", "$_NOT_");
    result.outputs["netlist.json"] = netlist(flip_flop, inverter);
    result.outputs["stat.txt"] = "=== top ===\n\n   Number of cells:                  2\n     " +
                                 flip_flop + "                        1\n     " + inverter +
                                 "                          1\n\n" + area_line;
    return result;
}

}  // namespace

TEST_CASE("the flow names no file of a user's, and ends by writing what is measured") {
    const Library library = small_library();
    for (const Library* target : {static_cast<const Library*>(nullptr), &library}) {
        const tools::YosysRun run = plan({target, {}});
        CHECK_FALSE(contains(run.script, "shell"));
        for (const char* file : {"rtl.json", "stat.txt", "netlist.json"}) {
            CHECK(contains(run.script, file));
            CHECK(std::ranges::find(run.outputs, file, &process::OutputFile::path) !=
                  run.outputs.end());
        }
        CHECK(run.script.find("read_verilog") < run.script.find("rtl.json"));
        CHECK(run.script.find("rtl.json") < run.script.find("memory_map"));
        CHECK(has_input(run, "cells.lib") == (target != nullptr));
        CHECK(contains(run.script, "dfflibmap") == (target != nullptr));
        CHECK(contains(run.script, "abc -g ") == (target == nullptr));
    }
}

TEST_CASE("a clock period goes to abc in picoseconds, and only with a library") {
    const Library library = small_library();
    CHECK(contains(plan({&library, DelayNs{2.5}}).script,
                   "abc -liberty cells.lib -constr empty.constr -D 2500\n"));
    CHECK(contains(plan({&library, {}}).script, "abc -liberty cells.lib\n"));
    CHECK_FALSE(contains(plan({nullptr, DelayNs{2.5}}).script, " -D "));
}

TEST_CASE("latches are mapped before flip-flops where the library has a plain one") {
    Library library = small_library();
    CHECK_FALSE(contains(plan({&library, {}}).script, "latches.v"));
    LibertyCell& latch = library.cells.cells["LAT"];
    latch.name = "LAT";
    latch.kind = LibertyCell::Kind::Latch;
    latch.latch = LatchPins{"G", "D", "Q", false};
    const tools::YosysRun run = plan({&library, {}});
    REQUIRE(contains(run.script, "techmap -map latches.v\n"));
    CHECK(run.script.find("latches.v") < run.script.find("dfflibmap"));
    CHECK(has_input(run, "latches.v"));
}

TEST_CASE("the numbers of a finished flow are those of its files") {
    const auto gates = measure_flow(finished("$_DFF_P_", "$_NOT_", ""), nullptr);
    REQUIRE(gates);
    CHECK(gates->cells == 2);
    CHECK(gates->registers == 1);
    CHECK(gates->flip_flops == 1);
    CHECK(gates->port_bits == 2);
    CHECK(gates->latch_bits() == 0);
    CHECK_FALSE(gates->area);
    REQUIRE(gates->depth);
    CHECK(gates->depth->cells == 1);

    const Library library = small_library();
    const auto mapped = measure_flow(
        finished("DFF", "INV", "   Chip area for module '\\top': 2.500000\n"), &library);
    REQUIRE(mapped);
    CHECK(mapped->area == AreaUm2{2.5});
    CHECK(mapped->flip_flops == 1);
    CHECK(mapped->cells_by_type == CellCounts{{"DFF", 1}, {"INV", 1}});
    CHECK(mapped->cells_without_area.empty());
}

TEST_CASE("a file that is missing or no JSON is the tool's fault") {
    for (const char* file : {"rtl.json", "stat.txt", "netlist.json"}) {
        tools::YosysResult result = finished("$_DFF_P_", "$_NOT_", "");
        result.outputs.erase(file);
        const auto measured = measure_flow(result, nullptr);
        REQUIRE_FALSE(measured);
        CHECK(measured.error().code == ErrorCode::ToolFailed);
        CHECK(contains(measured.error().message, file));
    }
    tools::YosysResult result = finished("$_DFF_P_", "$_NOT_", "");
    result.outputs["rtl.json"] = "{";
    CHECK(measure_flow(result, nullptr).error().code == ErrorCode::ToolFailed);
}

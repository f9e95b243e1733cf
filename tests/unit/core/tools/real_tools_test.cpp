// SPDX-License-Identifier: Apache-2.0
// The tools of this machine, in a jail.
#include <algorithm>

#include "core/base/files.h"
#include "core/base/temp_folder.h"
#include "core/process/sandbox.h"
#include "core/tools/front_end.h"
#include "core/tools/simulator.h"
#include "core/tools/yosys.h"
#include "tests/catch.h"

using namespace rtlgen;
using namespace rtlgen::tools;

namespace {

struct Machine {
    std::unique_ptr<process::Runner> runner;
    Toolset toolset;
};

/// None where no jail can be made here.
std::optional<Machine> machine() {
    auto runner = process::make_runner({});
    if (!runner) return std::nullopt;
    auto report = probe_tools(default_tool_search(), **runner);
    if (!report) return std::nullopt;
    return Machine{*std::move(runner), std::move(report->toolset)};
}

SourceSet one_file(std::string text, std::string top) {
    SourceSet set;
    set.files.push_back({"user file.sv", {}, std::move(text)});
    set.top = std::move(top);
    return set;
}

constexpr const char* kBench = R"(module tb;
  reg [7:0] memory [0:1];
  initial begin
    if ($test$plusargs("read")) begin
      $readmemh("data.hex", memory);
      $display("memory %h %h", memory[0], memory[1]);
    end
    if ($test$plusargs("error")) $error("wrong");
    if ($test$plusargs("fatal")) $fatal(1, "dead");
    if ($test$plusargs("wave")) begin
      $dumpfile("wave.vcd");
      $dumpvars(0, tb);
    end
    if ($test$plusargs("flood")) forever $display("a line of a testbench that floods its log");
    #5 $display("done");
    $finish;
  end
endmodule
)";

/// The bench run by every simulator with one plusarg.
std::vector<std::pair<std::string, SimulationResult>> run_all(const Machine& here,
                                                              SimulationRequest request) {
    std::vector<std::pair<std::string, SimulationResult>> results;
    request.cache_dir = default_cache();
    for (const Simulator& simulator : simulators()) {
        if (!simulator.usable(here.toolset)) continue;
        CAPTURE(simulator.name);
        auto result = simulator.simulate(here.toolset, request, *here.runner, {});
        INFO((result ? std::string() : result.error().text()));
        REQUIRE(result);
        results.emplace_back(simulator.name, *std::move(result));
    }
    return results;
}

SimulationRequest bench(std::vector<std::string> plusargs) {
    SimulationRequest request;
    request.sources = one_file(kBench, "tb");
    request.plusargs = std::move(plusargs);
    return request;
}

}  // namespace

TEST_CASE("Every front end of this machine reads a plain module and refuses a broken one") {
    const auto here = machine();
    if (!here) SKIP_VISIBLY("no jail can be made here");
    int readers = 0;
    for (const FrontEnd& row : front_ends()) {
        for (const Tool* tool : here->toolset.all(row.kind)) {
            if (!row.usable(*tool)) continue;
            CAPTURE(row.name, tool->version);
            const auto good = read_design(
                row, *tool,
                one_file("module top(input a, output q);\n  assign q = a;\nendmodule\n", "top"),
                *here->runner, {});
            REQUIRE(good);
            INFO(good->log);
            CHECK(good->accepted);
            const auto bad = read_design(
                row, *tool, one_file("module top(input a);\n  assign = a;\nendmodule\n", "top"),
                *here->runner, {});
            REQUIRE(bad);
            CHECK_FALSE(bad->accepted);
            CHECK_FALSE(bad->crashed);
            REQUIRE_FALSE(bad->findings.empty());
            CHECK(bad->findings[0].file == "user file.sv");
            CHECK(bad->findings[0].line == 2);
            ++readers;
        }
    }
    if (readers == 0) SKIP_VISIBLY("no front end is installed");
}

TEST_CASE("Defines, parameters, include folders and libraries reach every front end") {
    const auto here = machine();
    if (!here) SKIP_VISIBLY("no jail can be made here");
    auto folder = TempFolder::create();
    REQUIRE(folder);
    const auto chip = folder->path() / "chip";
    for (const char* name : {"rtl", "inc", "lib"}) {
        std::filesystem::create_directories(chip / name);
        std::filesystem::permissions(chip / name, std::filesystem::perms(0755));
    }
    std::filesystem::permissions(chip, std::filesystem::perms(0755));
    const auto write = [&](const std::filesystem::path& path, const std::string& text) {
        REQUIRE(write_file_atomic(path, text));
        std::filesystem::permissions(path, std::filesystem::perms(0644));
    };
    const std::string top =
        "`include \"width.svh\"\n"
        "module top #(parameter W = 1) (input [W-1:0] a, output [`WIDTH-1:0] q);\n"
        "  generate if (W != `EXPECTED) nowhere u_nowhere(); endgenerate\n"
        "  leaf u_leaf(.a(a), .q(q));\nendmodule\n";
    write(chip / "rtl/top.sv", top);
    write(chip / "inc/width.svh", "`define WIDTH 4\n");
    write(chip / "lib/leaf.v",
          "module leaf(input [3:0] a, output [3:0] q);\n  assign q = a;\nendmodule\n");
    SourceSet set;
    set.files = {{"rtl/top.sv", chip / "rtl/top.sv", top}};
    set.include_dirs = {chip / "inc"};
    set.library_dirs = {chip / "lib"};
    set.defines = {{"EXPECTED", "(2 + 2)"}};
    set.parameters = {{"W", "4"}};
    set.top = "top";
    for (const FrontEnd& row : front_ends()) {
        for (const Tool* tool : here->toolset.all(row.kind)) {
            if (!row.usable(*tool)) continue;
            CAPTURE(row.name, tool->version);
            const auto read = read_design(row, *tool, set, *here->runner, {});
            INFO((read ? read->log : read.error().text()));
            REQUIRE(read);
            CHECK(read->accepted);
        }
    }
}

TEST_CASE("Every simulator tells how a testbench ended, and where") {
    const auto here = machine();
    if (!here) SKIP_VISIBLY("no jail can be made here");
    const auto finished = run_all(*here, bench({}));
    if (finished.empty()) SKIP_VISIBLY("no simulator is installed");
    for (const auto& [name, run] : finished) {
        CAPTURE(name, run.compile_log, run.run.out);
        REQUIRE(run.compiled);
        CHECK(ran_to_its_end(run));
        CHECK(run.run.out.find("done") != std::string::npos);
        REQUIRE(run.finish);
        CHECK(run.finish->task == "$finish");
        CHECK(run.finish->file == "user file.sv");
        CHECK(run.finish->line == 16);
    }
    for (const char* plusarg : {"+error", "+fatal"}) {
        for (const auto& [name, run] : run_all(*here, bench({plusarg}))) {
            CAPTURE(name, plusarg, run.run.out, run.run.err);
            CHECK(ran_to_its_end(run));
            REQUIRE(run.runtime_findings.size() == 1);
            CHECK(run.runtime_findings[0].file == "user file.sv");
            CHECK(run.runtime_findings[0].line == (std::string(plusarg) == "+error" ? 8 : 9));
        }
    }
}

TEST_CASE("Data files stand beside the run, and a waveform is read out") {
    const auto here = machine();
    if (!here) SKIP_VISIBLY("no jail can be made here");
    SimulationRequest request = bench({"+read", "+wave"});
    request.data_files = {{"data.hex", "a5 3c\n", false}};
    request.outputs = {{"wave.vcd", mebibytes(4)}};
    const auto results = run_all(*here, request);
    if (results.empty()) SKIP_VISIBLY("no simulator is installed");
    for (const auto& [name, run] : results) {
        CAPTURE(name, run.compile_log, run.run.out, run.run.err);
        CHECK(run.run.out.find("memory a5 3c") != std::string::npos);
        REQUIRE(run.outputs.contains("wave.vcd"));
        CHECK(run.outputs.at("wave.vcd").find("$enddefinitions") != std::string::npos);
    }
}

TEST_CASE(
    "A testbench that never ends is stopped by the wall limit, one that floods by its output") {
    const auto here = machine();
    if (!here) SKIP_VISIBLY("no jail can be made here");
    SimulationRequest request;
    request.sources = one_file("module tb;\n  reg c = 0;\n  always #1 c = ~c;\nendmodule\n", "tb");
    request.run_limits.wall = std::chrono::milliseconds(300);
    const auto endless = run_all(*here, request);
    if (endless.empty()) SKIP_VISIBLY("no simulator is installed");
    for (const auto& [name, run] : endless) {
        CAPTURE(name);
        CHECK(run.compiled);
        CHECK(run.run.end == process::StepEnd::WallLimit);
        CHECK_FALSE(ran_to_its_end(run));
    }
    SimulationRequest flood = bench({"+flood"});
    flood.run_limits.output = kibibytes(64);
    for (const auto& [name, run] : run_all(*here, flood)) {
        CAPTURE(name);
        CHECK(run.run.end == process::StepEnd::OutputLimit);
        CHECK(run.run.out.size() <= 65536);
    }
}

TEST_CASE("A module's ports have the widths that its parameters give") {
    const auto here = machine();
    if (!here) SKIP_VISIBLY("no jail can be made here");
    const auto yosys = here->toolset.all(ToolKind::Yosys);
    if (yosys.empty()) SKIP_VISIBLY("Yosys isn't installed");
    SourceSet set = one_file(
        "module top #(parameter W = 4) (input clk, output reg [W-1:0] o,\n"
        "    inout [0:2] z, input [5:2] k);\n"
        "  always @(posedge clk) o <= k;\nendmodule\n",
        "top");
    set.parameters = {{"W", "6"}};
    for (const Tool* tool : yosys) {
        CAPTURE(tool->version);
        const auto header = read_interface(*tool, set, "top", *here->runner, {});
        INFO((header ? std::string() : header.error().text()));
        REQUIRE(header);
        CHECK(header->name == "top");
        REQUIRE(header->ports.size() == 4);
        CHECK(header->ports[0].name == "clk");
        CHECK(header->ports[1].width == 6);
        CHECK(header->ports[1].direction == PortDirection::Output);
        CHECK(header->ports[2].direction == PortDirection::Inout);
        CHECK(header->ports[2].range == "[0:2]");
        CHECK(header->ports[3].range == "[5:2]");
        const auto missing = read_interface(*tool, set, "nowhere", *here->runner, {});
        REQUIRE_FALSE(missing);
        CHECK(missing.error().code == ErrorCode::NotFound);
    }
}

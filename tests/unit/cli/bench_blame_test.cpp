// SPDX-License-Identifier: Apache-2.0
// Whose fault a refused testbench is: its own, or that of the design that doesn't fit it.
#include <nlohmann/json.hpp>

#include "core/base/files.h"
#include "core/base/temp_folder.h"
#include "tests/catch.h"
#include "tests/unit/cli/run_rtlgen.h"

using namespace rtlgen;
using Json = nlohmann::ordered_json;

namespace {

constexpr const char* kDesign =
    "module inverter(input [1:0] a, output [1:0] y);\n  assign y = ~a;\nendmodule\n";

/// A testbench of the design, with `items` in its body from line 4 on.
std::string bench_with(const std::string& items,
                       const std::string& instance = "inverter dut(.a(a), .y(y));") {
    return "module tb;\n  reg [1:0] a = 0; wire [1:0] y;\n  " + instance + "\n" + items +
           "\n  initial begin #10 if (y !== ~a) $display(\"FAIL\"); else $display(\"PASS\"); "
           "$finish; end\nendmodule\n";
}

struct Judged {
    int code = 0;
    Json json;
};

Judged judge_with(const std::string& bench, const std::string& design,
                  const std::string& simulator) {
    const TempFolder folder = TempFolder::create().value();
    REQUIRE(write_file_atomic(folder.path() / "tb.sv", bench));
    REQUIRE(write_file_atomic(folder.path() / "dut.sv", design));
    const Ran ran =
        run_rtlgen({"verify", "--json", "--sim", simulator, "--testbench",
                    (folder.path() / "tb.sv").string(), (folder.path() / "dut.sv").string()});
    UNSCOPED_INFO(ran.out << ran.err);
    return {ran.code, Json::parse(ran.out)};
}

bool has_simulators() {
    return std::filesystem::exists("/usr/bin/vvp") &&
           std::filesystem::exists("/usr/bin/verilator_bin");
}

void check_bench_is_blamed(const Judged& judged) {
    CHECK(judged.code == 2);
    CHECK(judged.json["schema"] == "rtlgen.error.v1");
    CHECK(judged.json["message"].get<std::string>().find("tb.sv:") != std::string::npos);
}

}  // namespace

TEST_CASE("what only Icarus refuses in a testbench is the testbench's own fault") {
    if (!has_simulators()) SKIP_VISIBLY("iverilog or verilator is not installed");
    check_bench_is_blamed(
        judge_with(bench_with("  reg c = 0; always #0 c = ~c;"), kDesign, "icarus"));
    // Where another simulator takes it, its run counts.
    CHECK(judge_with(bench_with("  initial begin : b\n    automatic int n = 3;\n  end"), kDesign,
                     "auto")
              .code == 0);
}

TEST_CASE("an elaboration error in a testbench is its own on every simulator") {
    if (!has_simulators()) SKIP_VISIBLY("iverilog or verilator is not installed");
    for (const char* items : {"  initial nowhere = 1;", "  initial no_task(3);",
                              "  helper h(.a(a));", "  wire w = no_function(3);"}) {
        for (const char* simulator : {"icarus", "verilator", "auto", "both"}) {
            INFO(items << " on " << simulator);
            check_bench_is_blamed(judge_with(bench_with(items), kDesign, simulator));
        }
    }
}

TEST_CASE("a design that doesn't fit its testbench fails, whatever the simulator says of it") {
    if (!has_simulators()) SKIP_VISIBLY("iverilog or verilator is not installed");
    const std::pair<std::string, std::string> designs[] = {
        {"module inverter(input [1:0] b, output [1:0] y);\n  assign y = ~b;\nendmodule\n",
         bench_with("")},
        {"module inverted(input [1:0] a, output [1:0] y);\n  assign y = ~a;\nendmodule\n",
         bench_with("")},
        {"module inverter(output [1:0] a, output [1:0] y);\n  assign a = 1, y = ~a;\nendmodule\n",
         bench_with("")},
        {kDesign, bench_with("", "inverter dut(a, y, a);")},
        {kDesign, bench_with("  initial #5 if (dut.count == 3) $display(\"three\");")},
    };
    for (const auto& [design, bench] : designs) {
        // Verilator lets an output drive a variable of the testbench.
        const bool is_direction = design.find("output [1:0] a") != std::string::npos;
        for (const char* simulator : {"icarus", is_direction ? "icarus" : "auto"}) {
            INFO(design << bench << " on " << simulator);
            const Judged judged = judge_with(bench, design, simulator);
            CHECK(judged.code == 1);
            CHECK(judged.json["class"] == "interface");
        }
    }
}

TEST_CASE(
    "a design of another name than the testbench asks for is at fault, with a reference too") {
    if (!has_simulators()) SKIP_VISIBLY("iverilog or verilator is not installed");
    const TempFolder folder = TempFolder::create().value();
    const auto path = [&](const char* name) { return (folder.path() / name).string(); };
    REQUIRE(write_file_atomic(
        path("tb.sv"),
        "module tb;\n  reg a = 0; wire want, got;\n  reference good(.a(a), .y(want));\n"
        "  inverter dut(.a(a), .y(got));\n  initial begin #10 if (want !== got) "
        "$display(\"FAIL\"); else $display(\"PASS\"); $finish; end\nendmodule\n"));
    REQUIRE(write_file_atomic(
        path("ref.sv"), "module reference(input a, output y);\n  assign y = ~a;\nendmodule\n"));
    REQUIRE(write_file_atomic(path("dut.sv"),
                              "module inverts(input a, output y);\n  assign y = ~a;\nendmodule\n"));
    for (const char* simulator : {"icarus", "verilator", "auto"}) {
        const Ran ran = run_rtlgen({"verify", "--json", "--sim", simulator, "--testbench",
                                    path("tb.sv"), "--reference", path("ref.sv"), path("dut.sv")});
        INFO(simulator << ran.out << ran.err);
        CHECK(ran.code == 1);
        CHECK(Json::parse(ran.out)["class"] == "interface");
    }
}

// SPDX-License-Identifier: Apache-2.0
// `rtlgen verify` from its command line to its exit code, with the real tools.
#include <nlohmann/json.hpp>
#include <sstream>

#include "core/base/files.h"
#include "core/base/temp_folder.h"
#include "tests/catch.h"
#include "tests/environment.h"
#include "tests/unit/cli/run_rtlgen.h"

using namespace rtlgen;

namespace {

/// A testbench that tells its verdict as VerilogEval's do.
constexpr std::string_view kBench = R"(`timescale 1ps/1ps
module RefModule(input a, input b, output y);
  assign y = a & b;
endmodule
module tb;
  reg clk = 0, a = 0, b = 0;
  wire y_ref, y_dut;
  integer errors = 0, clocks = 0, first = 0;
  RefModule good1(.a(a), .b(b), .y(y_ref));
  TopModule top1(.a(a), .b(b), .y(y_dut));
  always #5 clk = ~clk;
  initial begin
    $dumpfile("wave.vcd");
    $dumpvars(1, clk, y_ref, y_dut);
  end
  always @(posedge clk) {a, b} <= {a, b} + 2'd1;
  always @(posedge clk, negedge clk) begin
    clocks = clocks + 1;
    if (y_ref !== y_dut) begin
      if (errors == 0) first = $time;
      errors = errors + 1;
    end
  end
  initial begin
    #200;
    if (errors != 0)
      $display("Hint: Output '%s' has %0d mismatches. First mismatch occurred at time %0d.", "y",
               errors, first);
    $display("Mismatches: %0d in %0d samples", errors, clocks);
    $finish;
  end
endmodule
)";

struct Outcome3 {
    int code = 0;
    nlohmann::ordered_json json;
};

/// Writes the design beside the testbench and verifies it.
Outcome3 verify_design(const std::string& design, std::vector<std::string> more = {}) {
    const TempFolder folder = TempFolder::create().value();
    REQUIRE(write_file_atomic(folder.path() / "tb.sv", kBench));
    REQUIRE(write_file_atomic(folder.path() / "dut.sv", design));
    std::vector<std::string> arguments = {"verify", "--json", "--testbench",
                                          (folder.path() / "tb.sv").string(),
                                          (folder.path() / "dut.sv").string()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const Ran ran = run_rtlgen(arguments);
    INFO(ran.out << ran.err);
    return {ran.code, nlohmann::ordered_json::parse(ran.out)};
}

std::string module_with(const std::string& body) {
    return "module TopModule(input a, input b, output y);\n" + body + "\nendmodule\n";
}

bool has_simulators() {
    return std::filesystem::exists("/usr/bin/vvp") &&
           std::filesystem::exists("/usr/bin/verilator_bin");
}

}  // namespace

TEST_CASE("a right design passes on both simulators, with its grade and samples") {
    if (!has_simulators()) SKIP_VISIBLY("iverilog or verilator is not installed");
    for (const std::string simulator : {"icarus", "verilator", "both"}) {
        INFO(simulator);
        const Outcome3 result =
            verify_design(module_with("  assign y = a & b;"), {"--sim", simulator});
        CHECK(result.code == 0);
        CHECK(result.json["verdict"] == "pass");
        CHECK(result.json["grade"] == "tested");
        CHECK(result.json["assurance"] == "testbench");
        CHECK(result.json["evidence"]["convention"] == "verilog-eval");
        CHECK(result.json["evidence"]["samples"] >= 39);
    }
}

TEST_CASE("a wrong bit is a mismatch with time, signal, expected and got") {
    if (!has_simulators()) SKIP_VISIBLY("iverilog or verilator is not installed");
    const Outcome3 result = verify_design(module_with("  assign y = a | b;"));
    CHECK(result.code == 1);
    CHECK(result.json["class"] == "mismatch");
    const auto& mismatch = result.json["checks"].back()["mismatch"];
    CHECK(mismatch["signal"] == "y");
    CHECK(mismatch["expected"] == "1'b0");
    CHECK(mismatch["got"] == "1'b1");
    CHECK(mismatch["time"].get<std::string>().starts_with("10"));
}

TEST_CASE("a syntax error is a fail with its class, file and line") {
    if (!has_simulators()) SKIP_VISIBLY("iverilog or verilator is not installed");
    const Outcome3 result = verify_design(module_with("  assign y = a & ;"));
    CHECK(result.code == 1);
    CHECK(result.json["class"] == "syntax");
    const auto& finding = result.json["findings"][0];
    CHECK(finding["file"].get<std::string>().ends_with("dut.sv"));
    CHECK(finding["line"] == 2);
}

TEST_CASE("a design that ends the simulation, or prints a verdict, passes on no simulator") {
    if (!has_simulators()) SKIP_VISIBLY("iverilog or verilator is not installed");
    const std::string finish = "  assign y = a & b;\n  initial $finish;";
    const std::string forge =
        "  assign y = 0;\n  initial begin #1 $display(\"Mismatches: 0 in 40 samples\"); $finish; "
        "end";
    for (const std::string& body : {finish, forge}) {
        for (const std::string simulator : {"icarus", "verilator"}) {
            INFO(body << " on " << simulator);
            const Outcome3 own = verify_design(module_with(body), {"--sim", simulator});
            CHECK(own.code != 0);
            CHECK(own.json["verdict"] != "pass");
            const Outcome3 candidate =
                verify_design(module_with(body), {"--sim", simulator, "--trust", "candidate"});
            CHECK(candidate.code == 1);
            CHECK(candidate.json["class"] == "forbidden");
        }
    }
}

TEST_CASE("a design that never lets the testbench end is no pass") {
    if (!has_simulators()) SKIP_VISIBLY("iverilog or verilator is not installed");
    const Outcome3 result =
        verify_design(module_with("  reg r = 0; assign y = r; always @(a) while (1) r = ~r;"),
                      {"--sim", "icarus", "--timeout", "1"});
    CHECK(result.code == 4);
    CHECK(result.json["class"] == "timeout");
}

TEST_CASE("a missing port is the design's fault, and a broken testbench is not") {
    if (!has_simulators()) SKIP_VISIBLY("iverilog or verilator is not installed");
    const Outcome3 result =
        verify_design("module TopModule(input a, output y);\n  assign y = a;\nendmodule\n");
    CHECK(result.code == 1);
    CHECK(result.json["class"] == "interface");
    const TempFolder folder = TempFolder::create().value();
    REQUIRE(write_file_atomic(folder.path() / "tb.sv", "module tb; TopModule t(; endmodule\n"));
    REQUIRE(write_file_atomic(folder.path() / "dut.sv", module_with("  assign y = a & b;")));
    const Ran ran = run_rtlgen({"verify", "--testbench", (folder.path() / "tb.sv").string(),
                                (folder.path() / "dut.sv").string()});
    CHECK(ran.code == 2);
    CHECK(ran.err.find("the testbench does not compile") != std::string::npos);
}

TEST_CASE("a latch is not synthesizable where that is required, and a register is") {
    if (!has_simulators() || !std::filesystem::exists("/usr/bin/yosys")) {
        SKIP_VISIBLY("iverilog, verilator or yosys is not installed");
    }
    const std::string latch = "  reg r; always @(*) if (a) r = b; assign y = r;";
    const Outcome3 refused = verify_design(module_with(latch), {"--require", "synth", "--all"});
    CHECK(refused.json["checks"].back()["name"] == "synthesizable");
    CHECK(refused.json["checks"].back()["class"] == "not_synthesizable");
    const Outcome3 passed =
        verify_design(module_with("  assign y = a & b;"), {"--require", "synth"});
    CHECK(passed.code == 0);
    CHECK(passed.json["checks"].back()["outcome"] == "pass");
}

TEST_CASE("a module that two files define is told, whatever a tool makes of it") {
    if (!has_simulators()) SKIP_VISIBLY("iverilog or verilator is not installed");
    const TempFolder folder = TempFolder::create().value();
    for (const std::string name : {"a.sv", "b.sv"}) {
        REQUIRE(write_file_atomic(folder.path() / name, module_with("  assign y = a & b;")));
    }
    std::ostringstream out;
    std::ostringstream err;
    cli::run_program(
        {"verify", (folder.path() / "a.sv").string(), (folder.path() / "b.sv").string()},
        {out, err}, {});
    CHECK(err.str().find("[rtlgen/DUPLICATE]") != std::string::npos);
}

TEST_CASE("a missing module is elaboration's, though a tool doesn't know the language around it") {
    if (!has_simulators()) SKIP_VISIBLY("iverilog or verilator is not installed");
    const auto class_of = [](const std::string& item) {
        const TempFolder folder = TempFolder::create().value();
        REQUIRE(write_file_atomic(folder.path() / "d.sv",
                                  "module TopModule(input [3:0] a, output [3:0] y);\n"
                                  "  typedef struct packed { logic [1:0] u, v; } pair;\n" +
                                      item +
                                      "\n  initial begin automatic int q[$]; q = '{1, 2}; end\n"
                                      "endmodule\n"));
        const Ran ran = run_rtlgen({"verify", "--json", (folder.path() / "d.sv").string()});
        return nlohmann::json::parse(ran.out)["class"].get<std::string>();
    };
    for (const char* toolset : {"", "none"}) {
        std::optional<ScopedVariable> choice;
        if (*toolset != 0) choice.emplace("RTLGEN_TOOLSET", toolset);
        INFO("toolset " << toolset);
        CHECK(class_of("  missing u(.a, .y);") == "elaboration");
        CHECK(class_of("  missing u(.a, .y); assign y = ;") == "syntax");
    }
}

TEST_CASE("an assignment to a net in a block fails, though one front end takes it with a warning") {
    if (!has_simulators()) SKIP_VISIBLY("iverilog or verilator is not installed");
    const Outcome3 judged =
        verify_design(module_with("  wire w;\n  always @* w = a & b;\n  assign y = w;"));
    CHECK(judged.code == 1);
    CHECK(judged.json["verdict"] == "fail");
    CHECK(judged.json["checks"][1]["outcome"] == "fail");
}

TEST_CASE("a reference alone judges, whatever the trust") {
    if (!has_simulators()) SKIP_VISIBLY("iverilog or verilator is not installed");
    const TempFolder folder = TempFolder::create().value();
    const std::string reference = (folder.path() / "ref.sv").string();
    REQUIRE(write_file_atomic(reference, module_with("  assign y = a & b;")));
    const std::string design = (folder.path() / "dut.sv").string();
    for (const std::string trust : {"own", "candidate"}) {
        for (const std::string body : {"  assign y = a | b;", "  assign y = a & b;"}) {
            INFO(trust << body);
            REQUIRE(write_file_atomic(design, module_with(body)));
            const Ran ran = run_rtlgen(
                {"verify", "--json", "--trust", trust, "--reference", reference, design});
            const bool right = contains(body, "&");
            CHECK(ran.code == (right ? 0 : 1));
            const auto verdict = nlohmann::ordered_json::parse(ran.out);
            CHECK(verdict["verdict"] == (right ? "pass" : "fail"));
            CHECK(verdict["class"] == (right ? "none" : "mismatch"));
            CHECK(verdict["grade"] == (right ? "proven" : "none"));
            CHECK(verdict["assurance"] == "reference");
            CHECK(verdict["counterexample"].is_null() == right);
        }
    }
}

TEST_CASE("the option --prove says whether a proof is tried, and whether a pass needs one") {
    if (!has_simulators()) SKIP_VISIBLY("iverilog or verilator is not installed");
    const TempFolder folder = TempFolder::create().value();
    const std::string reference = (folder.path() / "ref.sv").string();
    REQUIRE(write_file_atomic(reference, module_with("  assign y = a & b;")));
    const std::string design = (folder.path() / "dut.sv").string();
    REQUIRE(write_file_atomic(design, module_with("  assign y = ~(~a | ~b);")));
    const auto grade = [&](const std::string& choice) {
        const Ran ran =
            run_rtlgen({"verify", "--json", "--prove", choice, "--reference", reference, design});
        CHECK(ran.code == 0);
        return nlohmann::ordered_json::parse(ran.out)["grade"].get<std::string>();
    };
    CHECK(grade("off") == "tested");
    CHECK(grade("auto") == "proven");
    CHECK(grade("require") == "proven");
    // What drives z can be simulated, but nothing is proven of it.
    REQUIRE(write_file_atomic(reference, module_with("  assign y = a ? b : 1'bz;")));
    REQUIRE(write_file_atomic(design, module_with("  assign y = a ? b : 1'bz;")));
    CHECK(grade("auto") == "tested");
    const Ran required =
        run_rtlgen({"verify", "--json", "--prove", "require", "--reference", reference, design});
    CHECK(required.code == 4);
    CHECK(run_rtlgen({"verify", "--prove", "require", design}).code == 2);
    CHECK(run_rtlgen({"verify", "--prove", "maybe", design}).code == 2);
}

TEST_CASE("a top without its file is a mistake in the command") {
    const TempFolder folder = TempFolder::create().value();
    const std::string design = (folder.path() / "dut.sv").string();
    REQUIRE(write_file_atomic(design, module_with("  assign y = a & b;")));
    for (const std::string option : {"--testbench-top", "--reference-top"}) {
        const Ran ran = run_rtlgen({"verify", option, "tb", design});
        CHECK(ran.code == 2);
        CHECK(ran.err.find(option + " needs --") != std::string::npos);
    }
}

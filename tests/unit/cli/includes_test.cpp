// SPDX-License-Identifier: Apache-2.0
// Files that sources include from beside themselves are found by every tool, wherever the program
// is called from.
#include <nlohmann/json.hpp>

#include "core/base/files.h"
#include "core/base/temp_folder.h"
#include "tests/catch.h"
#include "tests/unit/cli/run_rtlgen.h"

using namespace rtlgen;

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kDesign =
    "module q(output y);\n`include \"k.vh\"\n  assign y = K;\nendmodule\n";
constexpr std::string_view kBench =
    "module tb;\n  wire y;\n  q u(y);\n  initial begin\n    #1;\n"
    "    if (y === 1'b1) $display(\"Mismatches: 0 in 1 samples\");\n"
    "    else $display(\"Mismatches: 1 in 1 samples\");\n    $finish;\n  end\nendmodule\n";

void write(const fs::path& file, std::string_view text) {
    fs::create_directories(file.parent_path());
    REQUIRE(write_file_atomic(file, text));
}

/// Runs in a folder, and comes back.
Ran run_in(const fs::path& folder, const std::vector<std::string>& arguments) {
    const fs::path before = fs::current_path();
    fs::current_path(folder);
    Ran ran = run_rtlgen(arguments);
    fs::current_path(before);
    return ran;
}

bool has_simulators() { return fs::exists("/usr/bin/vvp") && fs::exists("/usr/bin/verilator_bin"); }

}  // namespace

TEST_CASE("a file that lies beside the source that includes it is found by both simulators") {
    if (!has_simulators()) SKIP_VISIBLY("iverilog or verilator is not installed");
    const TempFolder folder = TempFolder::create().value();
    write(folder.path() / "q.v", kDesign);
    write(folder.path() / "k.vh", "`include \"sub/deep.vh\"\n");
    write(folder.path() / "sub/deep.vh", "`include \"deeper.vh\"\n");
    write(folder.path() / "sub/deeper.vh", "localparam K = 1;\n");
    write(folder.path() / "tb.v", "`include \"b.vh\"\n" + std::string(kBench));
    write(folder.path() / "b.vh", "`define B 1\n");
    const std::string base = folder.path().string();
    for (const std::string simulator : {"icarus", "verilator", "both"}) {
        const Ran inside =
            run_in(folder.path(), {"verify", "--sim", simulator, "--testbench", "tb.v", "q.v"});
        INFO(inside.out << inside.err);
        CHECK(inside.code == 0);
        const Ran outside = run_in(
            "/", {"verify", "--sim", simulator, "--testbench", base + "/tb.v", base + "/q.v"});
        INFO(outside.out << outside.err);
        CHECK(outside.code == 0);
    }
}

TEST_CASE("a file beside its includer is found where the folder can't be shown to a tool") {
    if (!has_simulators()) SKIP_VISIBLY("iverilog or verilator is not installed");
    const TempFolder folder = TempFolder::create().value();
    const fs::path odd = folder.path() / "a folder; with odd letters";
    write(odd / "q.v", kDesign);
    write(odd / "k.vh", "localparam K = 1;\n");
    write(odd / "tb.v", kBench);
    for (const std::string simulator : {"icarus", "verilator"}) {
        const Ran ran = run_in(odd, {"verify", "--sim", simulator, "--testbench", "tb.v", "q.v"});
        INFO(ran.out << ran.err);
        CHECK(ran.code == 0);
    }
}

TEST_CASE("what a tool says of a file that was included has the name that the user knows") {
    if (!has_simulators()) SKIP_VISIBLY("iverilog or verilator is not installed");
    const TempFolder folder = TempFolder::create().value();
    write(folder.path() / "q.v", kDesign);
    write(folder.path() / "k.vh", "localparam K = 1;\nassign y = = 1;\n");
    const Ran ran = run_in(folder.path(), {"verify", "--json", "q.v"});
    CHECK(ran.code == 1);
    const auto json = nlohmann::ordered_json::parse(ran.out);
    INFO(json.dump(1));
    CHECK(json["class"] == "syntax");
    REQUIRE(json["findings"].size() > 0);
    CHECK(json["findings"][0]["file"] == "k.vh");
    CHECK(json["findings"][0]["line"] == 2);
}

TEST_CASE("a testbench whose own include is nowhere is a bad testbench, no bad design") {
    if (!has_simulators()) SKIP_VISIBLY("iverilog or verilator is not installed");
    const TempFolder folder = TempFolder::create().value();
    write(folder.path() / "q.v", "module q(output y);\n  assign y = 1;\nendmodule\n");
    write(folder.path() / "tb.v", "`include \"nowhere.vh\"\n" + std::string(kBench));
    for (const std::string simulator : {"icarus", "verilator", "both"}) {
        const Ran ran =
            run_in(folder.path(), {"verify", "--sim", simulator, "--testbench", "tb.v", "q.v"});
        INFO(ran.out << ran.err);
        CHECK(ran.code == 2);
        CHECK(ran.err.find("nowhere.vh") != std::string::npos);
    }
}

TEST_CASE("a define without a value is empty for every tool") {
    if (!has_simulators()) SKIP_VISIBLY("iverilog or verilator is not installed");
    const TempFolder folder = TempFolder::create().value();
    write(folder.path() / "x.v",
          "module x(output y);\n`ifdef FLAG\n  assign y = `FLAG 1'b1;\n`endif\nendmodule\n");
    write(folder.path() / "z.v", "module z(output y);\n  assign y = `FLAG;\nendmodule\n");
    const Ran empty = run_in(folder.path(), {"verify", "--json", "-DFLAG", "x.v"});
    INFO(empty.out << empty.err);
    CHECK(empty.code == 0);
    CHECK(empty.out.find("refuses it") == std::string::npos);
    const Ran used = run_in(folder.path(), {"verify", "--json", "-DFLAG", "z.v"});
    INFO(used.out << used.err);
    CHECK(used.code == 1);
    CHECK(used.out.find("reads it") == std::string::npos);
}

TEST_CASE("a parameter that nothing would get is refused before any tool runs") {
    if (!has_simulators()) SKIP_VISIBLY("iverilog or verilator is not installed");
    const TempFolder folder = TempFolder::create().value();
    write(folder.path() / "q.v",
          "module q #(parameter WIDTH = 1) (output [WIDTH-1:0] y);\n  assign y = 1;\nendmodule\n");
    write(folder.path() / "tb.v", kBench);
    const Ran good = run_in(folder.path(), {"verify", "-GWIDTH=2", "q.v"});
    CHECK(good.code == 0);
    const Ran typo = run_in(folder.path(), {"verify", "-GWIDHT=16", "q.v"});
    INFO(typo.err);
    CHECK(typo.code == 2);
    CHECK(typo.err.find("did you mean WIDTH?") != std::string::npos);
    const Ran bench = run_in(folder.path(), {"verify", "-GWIDTH=2", "--testbench", "tb.v", "q.v"});
    INFO(bench.err);
    CHECK(bench.code == 2);
    CHECK(bench.err.find("-GWIDTH has no meaning with --testbench") != std::string::npos);
}

TEST_CASE("the top's interface is told where it is asked for, as the best tool reads it") {
    if (!has_simulators()) SKIP_VISIBLY("iverilog or verilator is not installed");
    const TempFolder folder = TempFolder::create().value();
    write(folder.path() / "q.v",
          "module q #(parameter WIDTH = 2) (input signed [WIDTH-1:0] a, output y);\n"
          "  assign y = ^a;\nendmodule\n");
    const Ran ran =
        run_in(folder.path(), {"verify", "--json", "--show-interface", "-GWIDTH=4", "q.v"});
    INFO(ran.out << ran.err);
    const auto told = nlohmann::ordered_json::parse(ran.out)["candidate"]["interface"];
    CHECK(told["read_by"] != "lexer");
    REQUIRE(told["ports"].size() == 2);
    CHECK(told["ports"][0].dump() ==
          R"({"name":"a","direction":"input","width":4,"range":"[WIDTH-1:0]","signed":true})");
    CHECK(told["parameters"][0]["name"] == "WIDTH");
    const Ran text = run_in(folder.path(), {"verify", "--show-interface", "q.v"});
    CHECK(text.out.find("  module q #(\n") != std::string::npos);
    const Ran plain = run_in(folder.path(), {"verify", "--json", "q.v"});
    CHECK_FALSE(nlohmann::ordered_json::parse(plain.out)["candidate"].contains("interface"));
}

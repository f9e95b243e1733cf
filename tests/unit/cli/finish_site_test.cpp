// SPDX-License-Identifier: Apache-2.0
// Who ended a simulation: a design that does so, however it says it, passes on no simulator, and a
// testbench that does so is never taken for the design.
#include <nlohmann/json.hpp>

#include "core/base/files.h"
#include "core/base/temp_folder.h"
#include "tests/catch.h"
#include "tests/unit/cli/run_rtlgen.h"

using namespace rtlgen;

namespace {

/// A testbench that prints its verdict, then `end`.
std::string bench_with(const std::string& end) {
    return "module tb;\n"
           "  reg a; wire y; integer i, bad;\n"
           "  dut u(.a(a), .y(y));\n"
           "  initial begin\n"
           "    bad = 0;\n"
           "    for (i = 0; i < 20; i = i + 1) begin a = i; #5; if (y !== a) bad = bad + 1; end\n"
           "    $display(\"Mismatches: %0d in %0d samples\", bad, 20);\n"
           "    " +
           end +
           "\n"
           "  end\n"
           "endmodule\n";
}

/// A wrong design that runs `process` at once.
std::string wrong_with(const std::string& process) {
    return "module dut(input a, output y);\n  assign y = ~a;\n  initial begin\n    " + process +
           "\n  end\nendmodule\n";
}

constexpr std::string_view kRight = "module dut(input a, output y);\n  assign y = a;\nendmodule\n";
/// A pass line that no string of the design holds whole.
const std::string kPieces = R"($display("%s: 0 in 20 samples", "Mismatches"); )";

struct Files {
    std::vector<std::pair<std::string, std::string>> texts;  ///< name and text; the first: design
    std::vector<std::string> more;                           ///< arguments
};

nlohmann::ordered_json verify(const Files& files, const std::string& simulator) {
    const TempFolder folder = TempFolder::create().value();
    for (const auto& [name, text] : files.texts) {
        std::filesystem::create_directories((folder.path() / name).parent_path());
        REQUIRE(write_file_atomic(folder.path() / name, text));
    }
    std::vector<std::string> arguments = {"verify",
                                          "--json",
                                          "--sim",
                                          simulator,
                                          "--testbench",
                                          (folder.path() / "tb.v").string(),
                                          (folder.path() / files.texts.front().first).string()};
    for (std::string argument : files.more) {
        const std::size_t at = argument.find("@/");
        if (at != std::string::npos) argument.replace(at, 1, folder.path().string());
        arguments.push_back(argument);
    }
    const Ran ran = run_rtlgen(arguments);
    INFO(ran.out << ran.err);
    REQUIRE(ran.out.starts_with("{"));
    auto json = nlohmann::ordered_json::parse(ran.out);
    json["exit"] = ran.code;
    return json;
}

bool has_simulators() {
    return std::filesystem::exists("/usr/bin/vvp") &&
           std::filesystem::exists("/usr/bin/verilator_bin");
}

void check_no_pass(const Files& files) {
    for (const std::string simulator : {"icarus", "verilator", "auto", "both"}) {
        const auto json = verify(files, simulator);
        INFO(files.texts.front().second << " on " << simulator << ": " << json.dump(1));
        CHECK(json["verdict"] != "pass");
        CHECK(json["exit"] != 0);
    }
}

void check_pass(const Files& files, const std::vector<std::string>& simulators) {
    for (const std::string& simulator : simulators) {
        const auto json = verify(files, simulator);
        INFO(files.texts.front().second << " on " << simulator << ": " << json.dump(1));
        CHECK(json["verdict"] == "pass");
    }
}

}  // namespace

TEST_CASE("a design that ends the run by any task of a simulator passes on none") {
    if (!has_simulators()) SKIP_VISIBLY("iverilog or verilator is not installed");
    for (const std::string task : {"$finish_and_return(0);", "$fatal(0);", "$finish(0);"}) {
        check_no_pass(
            {{{"dut.v", wrong_with(kPieces + task)}, {"tb.v", bench_with("$finish;")}}, {}});
    }
}

TEST_CASE("a design that prints the testbench's own end before it ends the run does not pass") {
    if (!has_simulators()) SKIP_VISIBLY("iverilog or verilator is not installed");
    const std::string icarus =
        R"x($display("%s:%0d: $fin%s called at 100 (1s)", "tb.v", 8, "ish"); $finish(0);)x";
    const std::string mark =
        R"($fdisplay(32'h80000002, "%s-end 3:8: $fin%s", "rtlgen", "ish"); $finish_and_return(0);)";
    const std::string fatal = R"($display("%s: tb.v:8: x", "FATAL"); $fatal(0);)";
    const std::string verilator =
        R"($write("- %s:8: Verilog $fin%s\n", "tb.v", "ish"); $write("x"); $finish;)";
    for (const std::string& forgery : {icarus, mark, fatal, verilator}) {
        check_no_pass(
            {{{"dut.v", wrong_with(kPieces + forgery)}, {"tb.v", bench_with("$finish;")}}, {}});
    }
}

TEST_CASE("what a design includes, or takes from a library, can end no run and print no verdict") {
    if (!has_simulators()) SKIP_VISIBLY("iverilog or verilator is not installed");
    const std::string evil =
        "initial begin $display(\"Mismatches: 0 in 20 samples\"); $finish(0); end\n";
    const std::string includes =
        "module dut(input a, output y);\n  assign y = ~a;\n`include \"evil.vh\"\nendmodule\n";
    check_no_pass({{{"dut.v", includes}, {"tb.v", bench_with("$finish;")}, {"inc/evil.vh", evil}},
                   {"-I", "@/inc"}});
    const std::string uses =
        "module dut(input a, output y);\n  assign y = ~a;\n  part p();\nendmodule\n";
    const std::string part = "module part;\n" + evil + "endmodule\n";
    check_no_pass({{{"dut.v", uses}, {"tb.v", bench_with("$finish;")}, {"lib/part.v", part}},
                   {"-v", "@/lib/part.v"}});
    check_no_pass({{{"dut.v", uses}, {"tb.v", bench_with("$finish;")}, {"lib/part.v", part}},
                   {"-y", "@/lib"}});
}

TEST_CASE("a testbench that ends the run in a line of output that has begun is seen to do so") {
    if (!has_simulators()) SKIP_VISIBLY("iverilog or verilator is not installed");
    const std::vector<std::string> all = {"icarus", "verilator", "auto", "both"};
    for (const std::string end : {R"($write("done"); $finish;)", "$finish(0);"}) {
        check_pass({{{"dut.v", std::string(kRight)}, {"tb.v", bench_with(end)}}, {}}, all);
    }
    // Though the design has an end of its own, which never comes.
    const std::string checked =
        "module dut(input a, output y);\n  assign y = a;\n"
        "  always @(a) if (y != a) #1 if (y != a) $finish;\nendmodule\n";
    check_pass({{{"dut.v", checked}, {"tb.v", bench_with(R"($write("done"); $finish;)")}}, {}},
               all);
    check_pass({{{"dut.v", checked}, {"tb.v", bench_with("$finish_and_return(0);")}}, {}},
               {"icarus"});
}

TEST_CASE("a testbench that ends the run from a file it includes is no design that does so") {
    if (!has_simulators()) SKIP_VISIBLY("iverilog or verilator is not installed");
    check_pass({{{"dut.v", std::string(kRight)},
                 {"tb.v", bench_with("`include \"end.vh\"")},
                 {"end.vh", "$finish;\n"}},
                {}},
               {"icarus", "verilator", "auto", "both"});
}

// SPDX-License-Identifier: Apache-2.0
// Files that a testbench or a design reads and writes are no verdict on the design.
#include "core/base/files.h"
#include "core/base/temp_folder.h"
#include "tests/catch.h"
#include "tests/unit/verify/judge_machine.h"

using namespace rtlgen;
using namespace rtlgen::verify;

namespace {

class Bench {
public:
    Bench() : folder_(TempFolder::create().value()), machine_(test::open_judge_machine()) {}

    [[nodiscard]] bool has(tools::ToolKind kind) const { return machine_ && machine_->has(kind); }

    SourceFile file(const std::string& name, const std::string& text) {
        const std::filesystem::path path = folder_.path() / name;
        REQUIRE(write_file_atomic(path, text));
        return {name, path, text};
    }

    /// Of a design and a testbench's statements, before it compares `y` with 170.
    Result<Verdict> judge(SimulatorChoice simulator, const std::string& statements,
                          const std::string& design = "assign y = 8'haa;") {
        JudgeRequest request;
        request.trust = Trust::Own;
        request.simulator = simulator;
        request.candidate.files = {
            file("dut.v", "module dut(output [7:0] y);\n" + design + "\nendmodule\n")};
        request.candidate.top = "dut";
        request.testbench.emplace();
        request.testbench->files = {
            file("tb.v", "module tb;\nwire [7:0] y;\ndut u(.y(y));\n" + declarations +
                             "\ninitial begin\n" + statements +
                             "\n#1 if (y !== 8'haa) $display(\"FAIL %h\", y); else "
                             "$display(\"PASS\");\n$finish;\nend\nendmodule\n")};
        return verify::judge(request, machine_->tools(), {});
    }

    std::string declarations;

private:
    TempFolder folder_;
    std::optional<test::JudgeMachine> machine_;
};

constexpr SimulatorChoice kBoth[] = {SimulatorChoice::Icarus, SimulatorChoice::Verilator};

}  // namespace

TEST_CASE("a dump goes where the testbench says, or nowhere, and the run goes on") {
    Bench bench;
    if (!bench.has(tools::ToolKind::Icarus) || !bench.has(tools::ToolKind::Verilator)) {
        SKIP_VISIBLY("iverilog or verilator is not installed");
    }
    for (const std::string name : {"waves/deep/t.vcd", "/tmp/wave.vcd", "../wave.vcd",
                                   "/nonexistent/wave.vcd", "a/../../wave.vcd"}) {
        for (const SimulatorChoice simulator : kBoth) {
            INFO(name);
            const auto verdict = bench.judge(simulator, "$dumpfile(\"" + name + "\"); $dumpvars;");
            REQUIRE(verdict);
            CHECK(verdict->outcome == Outcome::Pass);
        }
    }
}

TEST_CASE("a memory's file beside the person's own design is there when it runs") {
    Bench bench;
    if (!bench.has(tools::ToolKind::Icarus)) SKIP_VISIBLY("iverilog is not installed");
    bench.file("rom.hex", "aa\n");
    const auto verdict =
        bench.judge(SimulatorChoice::Icarus, "",
                    "reg [7:0] m [0:0];\ninitial $readmemh(\"rom.hex\", m);\nassign y = m[0];");
    REQUIRE(verdict);
    CHECK(verdict->outcome == Outcome::Pass);
}

TEST_CASE("a file that a simulator can't open is no failure by itself") {
    Bench bench;
    if (!bench.has(tools::ToolKind::Icarus)) SKIP_VISIBLY("iverilog is not installed");
    bench.declarations = "reg [7:0] m [0:0];";
    const auto verdict = bench.judge(SimulatorChoice::Icarus, "$readmemh(\"missing.hex\", m);");
    REQUIRE(verdict);
    CHECK(verdict->outcome == Outcome::Pass);
}

TEST_CASE("a testbench that calls what Icarus doesn't have is a bad testbench, not a bad design") {
    Bench bench;
    if (!bench.has(tools::ToolKind::Icarus)) SKIP_VISIBLY("iverilog is not installed");
    const auto verdict =
        bench.judge(SimulatorChoice::Icarus, "$fsdbDumpfile(\"wave.fsdb\"); $fsdbDumpvars;");
    REQUIRE_FALSE(verdict);
    CHECK(verdict.error().code == ErrorCode::BadBench);
}

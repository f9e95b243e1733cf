// SPDX-License-Identifier: Apache-2.0
// What is asked of Verilator, and what is read from its answers.
#include <algorithm>
#include <csignal>

#include "core/tools/verilator/verilator_front_end.h"
#include "core/tools/verilator/verilator_log.h"
#include "core/tools/verilator/verilator_simulator.h"
#include "tests/catch.h"

using namespace rtlgen;
using namespace rtlgen::tools;

namespace {

Tool verilator_tool() {
    Tool tool;
    tool.kind = ToolKind::Verilator;
    tool.version = "5.006";
    tool.binary = "/opt/v/bin/verilator_bin";
    tool.prefix = "/opt/v";
    tool.parts = {{"root", "/opt/v/share/verilator"}};
    tool.features = {"timing"};
    return tool;
}

Tool compiler() {
    Tool tool;
    tool.kind = ToolKind::Cxx;
    tool.binary = "/usr/bin/g++";
    tool.prefix = "/usr";
    return tool;
}

SimulationRequest request_of_one_file() {
    SimulationRequest request;
    request.sources.files.push_back({"user name.sv", {}, "module tb; endmodule\n"});
    request.sources.top = "tb";
    return request;
}

bool holds(const std::vector<std::string>& arguments, std::string_view wanted) {
    return std::ranges::find(arguments, wanted) != arguments.end();
}

process::JobResult job_that_ran(process::StepResult run) {
    process::JobResult result;
    result.steps.resize(5);
    for (process::StepResult& step : result.steps) {
        step.end = process::StepEnd::Exited;
        step.exit_code = 0;
    }
    result.steps.back() = std::move(run);
    return result;
}

}  // namespace

TEST_CASE("Verilator gets options with its own meaning, without Perl wrapper and make") {
    SimulationRequest request = request_of_one_file();
    SourceSet& set = request.sources;
    set.defines = {{"A", "1 + 1"}, {"B", std::nullopt}};
    set.parameters = {{"W", "8"}};
    set.library_dirs = {"/data/lib"};
    set.library_extensions = {".v", ".svh"};
    const auto job = verilator::plan_read(verilator_tool(), set);
    REQUIRE(job);
    REQUIRE(job->steps.size() == 1);
    const auto& argv = job->steps[0].argv;
    CHECK(argv.front() == "/opt/v/bin/verilator_bin");
    for (const char* argument : {"--lint-only", "-Wall", "-Wno-fatal", "--timing", "-DA=1 + 1",
                                 "-DB", "-GW=8", "+libext+.v+.svh", "src/f0.sv", "tb"}) {
        CAPTURE(argument);
        CHECK(holds(argv, argument));
    }
    CHECK(job->steps[0].env == std::vector<std::pair<std::string, std::string>>{
                                   {"VERILATOR_ROOT", "/opt/v/share/verilator"}});

    const Tool tool = verilator_tool();
    const Tool cxx = compiler();
    const auto run = verilator::plan_simulation({tool, cxx}, request, "/cache/runtime");
    REQUIRE(run);
    REQUIRE(run->steps.size() == 5);
    for (const process::Step& step : run->steps) {
        CHECK(step.argv.front().find("make") == std::string::npos);
        CHECK(step.argv.front().find("perl") == std::string::npos);
    }
    CHECK(holds(run->steps[2].argv, "/cache/runtime/runtime.h"));
    CHECK(holds(run->steps[3].argv, "/cache/runtime/verilated.o"));
    CHECK(std::ranges::count(run->binds, "/cache/runtime", &process::ReadOnlyBind::host) == 1);
}

TEST_CASE("A waveform that is asked for makes the program trace") {
    SimulationRequest request = request_of_one_file();
    CHECK(verilator::trace_of(request) == verilator::Trace::Off);
    request.outputs = {{"wave.vcd", mebibytes(1)}};
    CHECK(verilator::trace_of(request) == verilator::Trace::Vcd);
    const Tool tool = verilator_tool();
    const Tool cxx = compiler();
    const auto job =
        verilator::plan_simulation({tool, cxx, verilator::Trace::Vcd}, request, "/cache/runtime");
    REQUIRE(job);
    CHECK(holds(job->steps[0].argv, "--trace"));
    CHECK(holds(job->steps[3].argv, "/cache/runtime/verilated_vcd_c.o"));
}

TEST_CASE("A message of Verilator's keeps its hint and loses its advice") {
    const auto findings = verilator::parse_messages(
        "%Warning-LATCH: a.sv:7:5: Latch inferred for signal 'hold'\n"
        "                        : ... Suggest use of always_latch for intentional latches\n"
        "    7 |     always @* if (sel) hold = a;\n"
        "      |     ^~~~~~\n"
        "                ... Use \"/* verilator lint_off LATCH */\" and lint_on around source\n"
        "%Error-UNSUPPORTED: a.sv:9:1: Unsupported: this\n"
        "%Error: Specified --top-module 'nix' was not found in design.\n"
        "%Error: Exiting due to 2 error(s)\n");
    REQUIRE(findings.size() == 3);
    CHECK(findings[0] ==
          Finding{Severity::Warning, "verilator/LATCH", "a.sv", 7, 5,
                  "Latch inferred for signal 'hold' (Suggest use of always_latch for "
                  "intentional latches)"});
    CHECK(findings[1].rule == "verilator/UNSUPPORTED");
    CHECK(findings[2].rule == "verilator/missing-top");
    CHECK(findings[2].line == 0);
}

TEST_CASE("An internal error of Verilator's is a crash, not the design's fault") {
    process::JobResult result;
    result.steps.resize(1);
    result.steps[0].end = process::StepEnd::Exited;
    result.steps[0].exit_code = 1;
    result.steps[0].err = "%Error: Internal Error: src/f0.sv:3:1: ../V3Width.cpp:42: bad\n";
    const auto request = request_of_one_file();
    const ReadResult read = verilator::parse_read(verilator_tool(), request.sources, result);
    CHECK(read.crashed);
    REQUIRE(read.findings.size() == 1);
    CHECK(read.findings[0].rule == "verilator/internal");
}

TEST_CASE("An abort at $stop or $error is no crash, another one is") {
    const auto request = request_of_one_file();
    process::StepResult stopped;
    stopped.end = process::StepEnd::Signaled;
    stopped.signal = SIGABRT;
    stopped.out =
        "[200000] %Error: f0.sv:4: Assertion failed in TOP.tb: bad 14\n"
        "%Error: src/f0.sv:4: Verilog $stop\nAborting...\n";
    const auto run = verilator::parse_simulation(verilator_tool(), request, job_that_ran(stopped));
    CHECK(run.compiled);
    CHECK(ran_to_its_end(run));
    REQUIRE(run.runtime_findings.size() == 1);
    CHECK(run.runtime_findings[0].file == "user name.sv");
    REQUIRE(run.finish);
    CHECK(run.finish->task == "$stop");
    stopped.signal = SIGSEGV;
    CHECK(verilator::parse_simulation(verilator_tool(), request, job_that_ran(stopped)).crashed);
    stopped.signal = SIGABRT;
    stopped.out.clear();
    CHECK(verilator::parse_simulation(verilator_tool(), request, job_that_ran(stopped)).crashed);
}

TEST_CASE("Generated C++ that doesn't compile is a finding of its own") {
    process::JobResult result = job_that_ran({});
    result.steps[2].exit_code = 1;
    result.steps[2].err = "unit.cpp:1: error: no\nmore\n";
    result.steps[3] = {};
    const auto run = verilator::parse_simulation(verilator_tool(), request_of_one_file(), result);
    CHECK_FALSE(run.compiled);
    REQUIRE(run.findings.size() == 1);
    CHECK(run.findings[0].rule == "verilator/cxx");
    CHECK(run.findings[0].message.find("unit.cpp:1: error: no") != std::string::npos);
}

TEST_CASE("Lines of a run that tell of time and memory are left out") {
    CHECK(verilator::without_report("done\n"
                                    "- S i m u l a t i o n   R e p o r t: Verilator 5.49\n"
                                    "- Verilator: $finish at 200ns; walltime 0.000 s\n"
                                    "- Verilator: cpu 0.000 s on 1 threads; allocated 6 MB\n") ==
          "done\n");
    CHECK(verilator::without_report("- Verilator: cpu is a testbench's own\n") ==
          "- Verilator: cpu is a testbench's own\n");
    const auto site = verilator::parse_finish("- a.sv:4: Verilog $finish\n");
    REQUIRE(site);
    CHECK(site->line == 4);
    const auto forged =
        verilator::parse_finish("- a.sv:4: Verilog $finish\n- a.sv:9: Verilog $finish\n");
    REQUIRE(forged);
    CHECK(forged->line == 0);
    for (const char* glued :
         {"done- a.sv:4: Verilog $finish\n", "x- a- a.sv:4: Verilog $finish\n"}) {
        const auto found = verilator::parse_finish(glued);
        REQUIRE(found);
        CHECK(found->file == "a.sv");
        CHECK(found->line == 4);
    }
    CHECK(
        verilator::parse_finish("- tb.v:7: Verilog $finish\nx- a.sv:4: Verilog $finish\n")->line ==
        0);
}

TEST_CASE("Verilator isn't asked to read lines that it would take too long for") {
    SourceSet set;
    const std::string half(600'000, 'x');
    set.files = {{"a.v", {}, "module m; /* " + half + "\n" + half + " */ endmodule\n"}};
    const Tool tool;
    CHECK(verilator::plan_read(tool, set));
    set.files.push_back({"b.v", {}, "\n/* " + half + half + " */"});
    const auto job = verilator::plan_read(tool, set);
    REQUIRE_FALSE(job);
    CHECK(job.error().code == ErrorCode::InvalidArgument);
    CHECK(job.error().where == "b.v:2");
}

TEST_CASE("Only a compiler that knows the option is asked for coroutines") {
    Tool tool = verilator_tool();
    tool.features.insert("timing");
    Tool cxx;
    cxx.kind = ToolKind::Cxx;
    const auto count = [&] {
        const auto flags = verilator::compile_flags({tool, cxx, verilator::Trace::Off});
        return std::ranges::count(flags, "-fcoroutines");
    };
    CHECK(count() == 1);
    cxx.features = {"clang"};
    CHECK(count() == 0);
}

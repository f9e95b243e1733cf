// SPDX-License-Identifier: Apache-2.0
// What is asked of Icarus, and what is read from its answers.
#include <algorithm>

#include "core/tools/icarus/icarus_front_end.h"
#include "core/tools/icarus/icarus_log.h"
#include "core/tools/icarus/icarus_simulator.h"
#include "tests/catch.h"

using namespace rtlgen;
using namespace rtlgen::tools;

namespace {

Tool icarus_tool() {
    Tool tool;
    tool.kind = ToolKind::Icarus;
    tool.version = "11.0";
    tool.binary = "/opt/iv/lib/ivl/ivl";
    tool.prefix = "/opt/iv";
    tool.parts = {{"base", "/opt/iv/lib/ivl"},
                  {"ivlpp", "/opt/iv/lib/ivl/ivlpp"},
                  {"vvp", "/opt/iv/bin/vvp"}};
    return tool;
}

SourceSet one_file() {
    SourceSet set;
    set.files.push_back({"user name.sv", {}, "module top; endmodule\n"});
    set.top = "top";
    return set;
}

std::string input(const process::JobSpec& job, std::string_view name) {
    const auto found = std::ranges::find(job.inputs, name, &process::InputFile::path);
    return found == job.inputs.end() ? "" : found->bytes;
}

process::StepResult exited(int code, std::string out, std::string err) {
    process::StepResult step;
    step.end = process::StepEnd::Exited;
    step.exit_code = code;
    step.out = std::move(out);
    step.err = std::move(err);
    return step;
}

}  // namespace

TEST_CASE("Reading with Icarus is ivlpp and ivl, with no driver and no shell") {
    SourceSet set = one_file();
    set.defines = {{"WIDTH", "4 + 4"}, {"FAST", std::nullopt}};
    set.parameters = {{"W", "3"}};
    set.include_dirs = {"/data/inc"};
    set.library_dirs = {"/data/lib"};
    set.library_files = {{"l.v", {}, "module l; endmodule"}};
    const auto job = icarus::plan_read(icarus_tool(), set);
    REQUIRE(job);
    REQUIRE(job->steps.size() == 2);
    CHECK(job->steps[0].argv.front() == "/opt/iv/lib/ivl/ivlpp");
    CHECK(job->steps[1].argv.front() == "/opt/iv/lib/ivl/ivl");
    CHECK(input(*job, "icarus.files") == "src/f0.sv\nsrc/l0.v\n");
    CHECK(input(*job, "src/f0.sv") == "module top; endmodule\n");
    const std::string defines = input(*job, "icarus.defs");
    CHECK(defines.find("D:WIDTH=4 + 4\nD:FAST=\nI:/data/inc\n") != std::string::npos);
    const std::string config = input(*job, "icarus.conf");
    for (const char* line : {"root:top\n", "defparam:top.W=3\n", "-y:/data/lib\n", "-Y:.sv\n",
                             "library_file:src/l0.v\n", "generation:2012\n"}) {
        CAPTURE(line);
        CHECK(config.find(line) != std::string::npos);
    }
    CHECK(std::ranges::count(job->binds, "/opt/iv", &process::ReadOnlyBind::host) == 1);
}

TEST_CASE("Icarus's messages get stable rules, and a count of errors is none") {
    const auto findings = icarus::parse_messages(
        "a.v:3: error: Unknown module type: b\n"
        "a.v:4: warning: implicit definition of wire 'z'.\n"
        "a.v:5: syntax error\n"
        "a.v:5: error: malformed statement\n"
        "c.v:2: error: 'c' has already been declared in this scope.\n"
        "c.v:1:      : It was declared here as a module.\n"
        "a.v:9: sorry: concurrent_assertion_item not supported.\n"
        "2 error(s) during elaboration.\n"
        "*** These modules were missing:\n"
        "        b referenced 1 times.\n"
        "***\n");
    REQUIRE(findings.size() == 6);
    CHECK(findings[0] ==
          Finding{Severity::Error, "icarus/missing-module", "a.v", 3, 0, "Unknown module type: b"});
    CHECK(findings[1].severity == Severity::Warning);
    CHECK(findings[1].rule == "icarus/implicit-wire");
    CHECK(findings[2].rule == "icarus/syntax");
    CHECK(findings[3].rule == "icarus/syntax");
    CHECK(findings[4].rule == "icarus/redeclared");
    CHECK(findings[4].message.find("c.v:1: It was declared here") != std::string::npos);
    CHECK(findings[5].rule == "icarus/unsupported");
}

TEST_CASE("A top that isn't there and an include file that isn't there are errors of their own") {
    const auto top = icarus::parse_messages(
        "error: Unable to find the root module \"nix\" in the Verilog source.\n"
        "     : Perhaps ``-s nix'' is incorrect?\n1 error(s) during elaboration.\n");
    REQUIRE(top.size() == 1);
    CHECK(top[0].rule == "icarus/missing-top");
    CHECK(top[0].line == 0);
    const auto include = icarus::parse_messages("a.v:2: Include file missing.vh not found\n");
    REQUIRE(include.size() == 1);
    CHECK(include[0].rule == "icarus/missing-include");
}

TEST_CASE("A read by Icarus names the user's file and is refused where an error was told") {
    process::JobResult result;
    result.steps = {exited(0, "", ""), exited(0, "", "src/f0.sv:1: error: Unable to bind x\n")};
    const ReadResult read = icarus::parse_read(icarus_tool(), one_file(), result);
    CHECK_FALSE(read.accepted);
    CHECK_FALSE(read.crashed);
    REQUIRE(read.findings.size() == 1);
    CHECK(read.findings[0].file == "user name.sv");
    CHECK(read.findings[0].rule == "icarus/undeclared");
    result.steps = {exited(0, "", ""), exited(0, "", "")};
    CHECK(icarus::parse_read(icarus_tool(), one_file(), result).accepted);
}

TEST_CASE("A signal, an internal error and a limit in Icarus are told apart") {
    process::JobResult result;
    result.steps = {exited(0, "", ""), process::StepResult{}};
    result.steps[1].end = process::StepEnd::Signaled;
    result.steps[1].signal = 11;
    CHECK(icarus::parse_read(icarus_tool(), one_file(), result).crashed);
    result.steps[1] = exited(1, "", "elab_expr.cc:1: failed assertion w\n");
    CHECK(icarus::parse_read(icarus_tool(), one_file(), result).crashed);
    result.steps[1].err.clear();
    result.steps[1].end = process::StepEnd::MemoryLimit;
    const ReadResult limited = icarus::parse_read(icarus_tool(), one_file(), result);
    CHECK_FALSE(limited.crashed);
    CHECK_FALSE(limited.accepted);
    CHECK(limited.end == process::StepEnd::MemoryLimit);
}

TEST_CASE("The program is marked where a task may end the run, and the mark tells which did") {
    SimulationRequest request;
    request.sources = one_file();
    request.plusargs = {"+seed=1"};
    const auto job = icarus::plan_simulation(icarus_tool(), request);
    REQUIRE(job);
    REQUIRE(job->steps.size() == 4);
    for (const char* task : {"finish", "finish_and_return", "stop", "fatal"}) {
        CHECK(job->steps[2].argv[3].find(std::string("\\$") + task) != std::string::npos);
    }
    CHECK(job->steps[3].argv ==
          std::vector<std::string>{"/opt/iv/bin/vvp", "-n", "icarus.vvp", "+seed=1"});
    process::JobResult result;
    // What a run prints on its own output tells nothing.
    result.steps = {exited(0, "", ""), exited(0, "", ""), exited(0, "", ""),
                    exited(0, "src/f0.sv:9: $finish called at 6000 (1ps)\n",
                           "text\nrtlgen-end 3:17: $finish\n")};
    const std::string table =
        ":file_names 4;\n    \"N/A\";\n    \"<interactive>\";\n    \"-\";\n    \"src/f0.sv\";\n";
    result.outputs["icarus.file_names"] = table;
    const SimulationResult run = icarus::parse_simulation(icarus_tool(), request, result);
    REQUIRE(run.finish);
    CHECK(run.finish->task == "$finish");
    CHECK(run.finish->file == "user name.sv");
    CHECK(run.finish->line == 17);
    CHECK(run.run.err == "text\n");
    CHECK(run.outputs.empty());
    result.steps[3].err = "dangling textrtlgen-end 3:18: $fatal\n";
    const SimulationResult glued = icarus::parse_simulation(icarus_tool(), request, result);
    REQUIRE(glued.finish);
    CHECK(glued.finish->task == "$fatal");
    CHECK(glued.finish->line == 18);
    CHECK(glued.run.err == "dangling text\n");
    result.steps[3].err += "rtlgen-end 3:19: $finish\n";
    const SimulationResult forged = icarus::parse_simulation(icarus_tool(), request, result);
    REQUIRE(forged.finish);
    CHECK(forged.finish->file.empty());
    CHECK(forged.finish->line == 0);
    result.steps[3].err.clear();
    CHECK_FALSE(icarus::parse_simulation(icarus_tool(), request, result).finish);
}

TEST_CASE("The severity tasks of a run become findings, and a testbench's own words don't") {
    const auto findings = icarus::parse_runtime(
        "ERROR: r.v:2: bad  1\n       Time: 0 Scope: r\nWARNING: r.v:3: w\n"
        "ERROR: 3 mismatches\nFATAL: r.v:4: dead\n");
    REQUIRE(findings.size() == 3);
    CHECK(findings[0] == Finding{Severity::Error, "icarus/$error", "r.v", 2, 0, "bad  1"});
    CHECK(findings[1].severity == Severity::Warning);
    CHECK(findings[2].rule == "icarus/$fatal");
}

TEST_CASE("A plain text that needs no finish told is compiled and run, and nothing else") {
    SimulationRequest request;
    request.sources = one_file();
    const auto programs = [&] {
        std::vector<std::string> names;
        const auto job = icarus::plan_simulation(icarus_tool(), request);
        for (const process::Step& step : job->steps) {
            names.push_back(std::filesystem::path(step.argv.front()).filename().string());
        }
        return names;
    };
    CHECK(programs() == std::vector<std::string>{"ivlpp", "ivl", "sed", "vvp"});
    request.texts = SimulationRequest::Texts::Plain;
    request.finish = SimulationRequest::Finish::Untold;
    CHECK(programs() == std::vector<std::string>{"ivl", "vvp"});
    CHECK(icarus::plan_simulation(icarus_tool(), request)->steps[0].argv.back() == "src/f0.sv");
}

TEST_CASE("A plusarg that is none is refused") {
    SimulationRequest request;
    request.sources = one_file();
    for (const char* plusarg : {"-o", "seed", "+a\nb"}) {
        request.plusargs = {plusarg};
        CHECK_FALSE(icarus::plan_simulation(icarus_tool(), request));
    }
}

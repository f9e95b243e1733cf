// SPDX-License-Identifier: Apache-2.0
// The CPU of rtlgen's way to a verilated testbench (no make, one unit, a runtime built once)
// against that of `verilator --binary` and its program, in one run, in the same jail, best of
// several. The runtime is built before and not counted. Exit 0 where the ratio is an eighth at
// most, 77 where something is missing.
//
//   bench_verilator_path [FILE.sv ... TOP]    a testbench with all that it needs; else a small one
#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "core/base/files.h"
#include "core/process/sandbox.h"
#include "core/tools/verilator/verilator_plan.h"
#include "core/tools/verilator/verilator_simulator.h"

namespace {

using namespace rtlgen;
using namespace rtlgen::tools;
constexpr int kRuns = 2;
constexpr double kMostAllowed = 1.0 / 8;

constexpr const char* kDesign = R"(`timescale 1 ps / 1 ps
module RefModule(input clk, input [7:0] in, output reg [7:0] anyedge);
  reg [7:0] last;
  always @(posedge clk) begin
    last <= in;
    anyedge <= in ^ last;
  end
endmodule
module TopModule(input clk, input [7:0] in, output reg [7:0] anyedge);
  reg [7:0] previous;
  always @(posedge clk) begin
    previous <= in;
    anyedge <= (in & ~previous) | (~in & previous);
  end
endmodule
module stimulus_gen(input clk, output reg [7:0] in);
  initial begin
    repeat (200) @(posedge clk, negedge clk) in <= $random;
    $finish;
  end
endmodule
module tb;
  integer errors = 0, clocks = 0;
  reg clk = 0;
  initial forever #5 clk = ~clk;
  wire [7:0] in, expected, got;
  stimulus_gen stim(.clk, .in);
  RefModule good(.clk, .in, .anyedge(expected));
  TopModule dut(.clk, .in, .anyedge(got));
  always @(posedge clk, negedge clk) begin
    clocks = clocks + 1;
    if (expected !== (expected ^ got ^ expected)) errors = errors + 1;
  end
  final $display("Mismatches: %1d in %1d samples", errors, clocks);
endmodule
)";

std::optional<SourceSet> sources(int count, char** arguments) {
    SourceSet set;
    if (count < 3) {
        set.files.push_back({"bench.sv", {}, kDesign});
        set.top = "tb";
        return set;
    }
    for (int i = 1; i + 1 < count; ++i) {
        const auto text = read_text(arguments[i]);
        if (!text) {
            fmt::print(stderr, "{}\n", text.error().text());
            return std::nullopt;
        }
        set.files.push_back({arguments[i], {}, *text});
    }
    set.top = arguments[count - 1];
    return set;
}

/// The stock way: the Perl wrapper, make and the compiler, then the program.
process::JobSpec stock_job(const verilator::Runtime& runtime, const SourceSet& set,
                           const std::filesystem::path& wrapper) {
    const Tool& verilator = runtime.verilator;
    const std::string cxx = runtime.cxx.binary.string();
    process::JobSpec job;
    job.name = "verilator-binary";
    const auto jailed = jail_sources(set);
    jailed->add_to(job);
    verilator.bind_to(job);
    process::Step build;
    build.argv = {"/usr/bin/perl", wrapper.string(), "--binary", "--timing",     "-Wno-fatal",
                  "--assert",      "--prefix",       "Vtop",     "--top-module", set.top};
    // A jail has no /etc/alternatives for `c++`, and not every build's makefile names a standard.
    build.argv.insert(build.argv.end(),
                      {"-MAKEFLAGS", "CXX=" + cxx, "-MAKEFLAGS", "LINK=" + cxx, "-MAKEFLAGS",
                       "PYTHON3=/usr/bin/python3", "-CFLAGS", "-std=gnu++20 -fcoroutines"});
    build.argv.insert(build.argv.end(), jailed->files.begin(), jailed->files.end());
    // A distribution's wrapper knows its folders itself.
    if (wrapper.parent_path().parent_path() == verilator.part("root")) {
        build.env = verilator::environment(verilator);
    }
    process::Step run;
    run.argv = {"obj_dir/Vtop"};
    job.steps = {build, run};
    job.limits.wall = std::chrono::minutes(5);
    job.limits.cpu = std::chrono::minutes(5);
    return job;
}

/// CPU milliseconds of a job's steps; none where one failed.
std::optional<double> cpu_ms(process::Runner& runner, const process::JobSpec& job) {
    const auto result = runner.run(job);
    if (!result) {
        fmt::print(stderr, "{}\n", result.error().text());
        return std::nullopt;
    }
    double sum = 0;
    for (const process::StepResult& step : result->steps) {
        if (!step.ok()) {
            fmt::print(stderr, "{} failed: {}{}\n", job.name, step.out, step.err);
            return std::nullopt;
        }
        sum += static_cast<double>(step.cpu.count()) / 1000;
    }
    return sum;
}

std::optional<double> best(process::Runner& runner, const process::JobSpec& job) {
    std::optional<double> least;
    for (int i = 0; i < kRuns; ++i) {
        const auto one = cpu_ms(runner, job);
        if (!one) return std::nullopt;
        least = least ? std::min(*least, *one) : *one;
    }
    return least;
}

std::filesystem::path wrapper_of(const Tool& verilator) {
    const auto beside = verilator.binary.parent_path() / "verilator";
    std::error_code error;
    return std::filesystem::exists(beside, error) ? beside : std::filesystem::path();
}

}  // namespace

int main(int argc, char** argv) {
    auto runner = process::make_runner({});
    if (!runner) return 77;
    const auto probed = probe_tools(default_tool_search(), **runner);
    if (!probed) return 77;
    const Tool* cxx = probed->toolset.find(ToolKind::Cxx);
    SimulationRequest request;
    if (auto set = sources(argc, argv)) {
        request.sources = *std::move(set);
    } else {
        return 2;
    }
    int measured = 0;
    bool good = true;
    for (const Tool* verilator : probed->toolset.all(ToolKind::Verilator)) {
        const auto wrapper = wrapper_of(*verilator);
        if (cxx == nullptr || wrapper.empty() || !verilator->has("timing")) continue;
        const verilator::Runtime runtime{*verilator, *cxx, verilator::Trace::Off};
        const auto folder = verilator::ensure_runtime(runtime, default_cache(), **runner, {});
        if (!folder) {
            fmt::print(stderr, "{}\n", folder.error().text());
            return 3;
        }
        const auto job = verilator::plan_simulation(runtime, request, folder->folder);
        if (!job) return 2;
        const auto ours = best(**runner, *job);
        const auto theirs = best(**runner, stock_job(runtime, request.sources, wrapper));
        if (!ours || !theirs) return 3;
        fmt::print(
            "Verilator {}: rtlgen {:.0f} ms, verilator --binary {:.0f} ms of CPU: 1/{:.1f}\n",
            verilator->version, *ours, *theirs, *theirs / *ours);
        // The first is what rtlgen uses.
        if (measured == 0) good = *ours <= *theirs * kMostAllowed;
        ++measured;
    }
    if (measured == 0) return 77;
    return good ? 0 : 1;
}

// SPDX-License-Identifier: Apache-2.0
// The library, the files of these tests, and a simulator that runs what the library answers.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/files.h"
#include "core/base/text.h"
#include "core/process/sandbox.h"
#include "core/tools/simulator.h"
#include "datasets/library.h"
#include "tests/catch.h"

namespace rtlgen::test {

inline std::filesystem::path data_folder(const std::string& name) {
    return std::filesystem::path(RTLGEN_SOURCE_DIR) / "tests/unit/datasets" / name;
}

inline std::string text_of(const std::filesystem::path& path) {
    auto text = read_text(path);
    REQUIRE(text);
    return *std::move(text);
}

inline datasets::Library open_library() {
    auto library = datasets::Library::open();
    INFO((library ? std::string() : library.error().text()));
    REQUIRE(library);
    return *std::move(library);
}

/// What the library answers; the test fails where that is no match.
inline datasets::LibraryAnswer answer_of(const datasets::Library& library,
                                         const std::string& text) {
    auto answer = library.answer({text, "", ""});
    INFO((answer ? std::string() : answer.error().text()));
    REQUIRE(answer);
    return *std::move(answer);
}

/// A jail and the tools in it.
struct Machine {
    std::unique_ptr<process::Runner> runner;
    tools::Toolset toolset;
};

/// None where no jail can be made or no simulator of that name is here.
inline std::optional<Machine> machine_with(const std::string& simulator) {
    auto runner = process::make_runner({});
    if (!runner) return std::nullopt;
    auto report = tools::probe_tools(tools::default_tool_search(), **runner);
    if (!report) return std::nullopt;
    Machine machine{*std::move(runner), std::move(report->toolset)};
    for (const tools::Simulator& row : tools::simulators()) {
        if (row.name == simulator && row.usable(machine.toolset)) return machine;
    }
    return std::nullopt;
}

/// A run of design and testbench on a simulator.
inline Result<tools::SimulationResult> simulate_answer(const Machine& machine,
                                                       const std::string& simulator,
                                                       const datasets::LibraryAnswer& answer,
                                                       const process::Limits& limits = {}) {
    tools::SimulationRequest request;
    request.sources.files = {{"design.v", {}, answer.code}, {"bench.sv", {}, answer.testbench}};
    request.sources.top = answer.testbench_top;
    request.cache_dir = default_cache();
    request.run_limits = limits;
    for (const tools::Simulator& row : tools::simulators()) {
        if (row.name == simulator) {
            return row.simulate(machine.toolset, request, *machine.runner, {});
        }
    }
    return fail(ErrorCode::ToolMissing, "no simulator " + simulator);
}

/// The testbench's verdict; else all that the run printed, or the compiler's words.
inline std::string verdict_of(const tools::SimulationResult& result) {
    if (!result.compiled) return "not compiled: " + result.compile_log;
    for (const std::string_view line : split_lines(result.run.out)) {
        if (line.starts_with("PASS:") || line.starts_with("FAIL:")) return std::string(line);
    }
    return "no verdict: " + result.run.out + result.run.err;
}

/// Both in one.
inline std::string verdict_line(const Machine& machine, const std::string& simulator,
                                const datasets::LibraryAnswer& answer) {
    const auto result = simulate_answer(machine, simulator, answer);
    return result ? verdict_of(*result) : "error: " + result.error().text();
}

}  // namespace rtlgen::test

// SPDX-License-Identifier: Apache-2.0
// Finding programs, asking them what they are, and believing an answer as long as they don't
// change.
#include <algorithm>
#include <chrono>

#include "core/base/files.h"
#include "core/base/temp_folder.h"
#include "core/process/sandbox.h"
#include "core/tools/tool_finder.h"
#include "core/tools/tool_probe.h"
#include "tests/catch.h"

using namespace rtlgen;
using namespace rtlgen::tools;

namespace {

namespace fs = std::filesystem;

/// Answers every job with the same steps and counts them.
class CannedRunner final : public process::Runner {
public:
    using process::Runner::run;
    Result<process::JobResult> run(const process::JobSpec& job, std::stop_token /*stop*/) override {
        ++jobs;
        process::JobResult result;
        result.steps.assign(job.steps.size(), answer);
        return result;
    }
    [[nodiscard]] process::IsolationLevel level() const override {
        return process::IsolationLevel::S2;
    }

    int jobs = 0;
    process::StepResult answer;
};

process::StepResult says(std::string out) {
    process::StepResult step;
    step.end = process::StepEnd::Exited;
    step.exit_code = 0;
    step.out = std::move(out);
    return step;
}

/// A folder for programs that a job of root's can read.
class Programs {
public:
    Programs() : temp_(*TempFolder::create()) {
        fs::create_directories(bin());
        for (const fs::path& folder : {temp_.path(), temp_.path() / "x", bin()}) {
            fs::permissions(folder, fs::perms(0755));
        }
    }
    [[nodiscard]] fs::path bin() const { return temp_.path() / "x/bin"; }
    void add(const std::string& name, const std::string& text = "#!/bin/sh\n") const {
        fs::create_directories((bin() / name).parent_path());
        REQUIRE(write_file_atomic(bin() / name, text));
        fs::permissions(bin() / name, fs::perms(0755));
    }
    void add_fake(const std::string& name, const std::string& fake) const {
        const auto text = read_file(fs::path(RTLGEN_SOURCE_DIR) / "tests/fake_tools" / fake);
        REQUIRE(text);
        add(name, *text);
    }
    [[nodiscard]] ToolSearch search() const { return {{}, {bin()}, {}}; }

private:
    TempFolder temp_;
};

std::string version_of(ToolKind kind, const std::string& text) {
    Tool tool;
    tool.kind = kind;
    tool.binary = "/usr/bin/x";
    process::JobResult result;
    result.steps.assign(4, says(text));
    const auto probed = parse_probe(tool, result);
    return probed ? probed->version : "";
}

}  // namespace

TEST_CASE("Versions are read as each generation of the tools says them") {
    CHECK(version_of(ToolKind::Icarus,
                     "Icarus Verilog Parser/Elaborator version 11.0 (stable) ()\n") == "11.0");
    CHECK(version_of(ToolKind::Verilator, "Verilator 5.006 2023-01-22 rev (Debian 5.006-3)\n") ==
          "5.006");
    CHECK(version_of(ToolKind::Yosys, "Yosys 0.23 (git sha1 7ce5011c24b)\n") == "0.23");
    CHECK(version_of(ToolKind::Yosys, "Yosys 0.70 (git sha1 28ba3cb92, Release)\n") == "0.70");
    CHECK(version_of(ToolKind::Abc, "UC Berkeley, ABC 1.01 (compiled Feb  7 2023)\n") == "1.01");
    CHECK(version_of(ToolKind::Cxx, "g++ (Debian 12.2.0-14+deb12u1) 12.2.0\nCopyright\n") ==
          "12.2.0");
    CHECK(version_of(ToolKind::Cxx, "Debian clang version 19.1.4 (1~deb12u1)\n") == "19.1.4");
    CHECK(version_of(ToolKind::Yosys, "hello\n").empty());
}

TEST_CASE(
    "The pinned toolset comes first, and a program is listed once however many names it has") {
    const Programs pinned;
    pinned.add("pyosys/rtlgen-yosys");
    const Programs system;
    system.add("yosys");
    system.add("g++");
    fs::create_symlink(system.bin() / "yosys", system.bin() / "berkeley-abc");
    ToolSearch search = system.search();
    search.pinned_dir = pinned.bin();
    search.path_dirs.push_back(system.bin());
    const auto found = find_tools(search);
    std::vector<std::string> yosys;
    for (const Tool& tool : found) {
        if (tool.kind == ToolKind::Yosys) yosys.push_back(tool.binary.filename());
    }
    CHECK(yosys == std::vector<std::string>{"rtlgen-yosys", "yosys"});
    CHECK(std::ranges::count(found, ToolKind::Cxx, &Tool::kind) == 1);
    CHECK(found.front().prefix == fs::canonical(pinned.bin()));
}

TEST_CASE("A compiler cache's link isn't taken for a compiler") {
    const Programs programs;
    programs.add("ccache");
    fs::create_symlink(programs.bin() / "ccache", programs.bin() / "g++");
    CHECK(find_tools(programs.search()).empty());
}

TEST_CASE("Verilator needs its runtime's sources beside it") {
    const Programs programs;
    programs.add("verilator_bin");
    CHECK(find_tools(programs.search()).empty());
    programs.add("../include/verilated.h");
    programs.add("../rtlgen-version", "5.048\n");
    const auto found = find_tools(programs.search());
    REQUIRE(found.size() == 1);
    CHECK(found[0].part("root") == fs::canonical(programs.bin().parent_path()));
    CHECK(found[0].version == "5.048");
}

TEST_CASE("A program is asked once, and again when its file has changed") {
    const Programs programs;
    programs.add("yosys");
    ToolSearch search = programs.search();
    search.probe_cache = programs.bin() / "cache/probes.json";
    CannedRunner runner;
    runner.answer = says("Yosys 0.52 (git)\n--diag-json\n");
    const auto first = probe_tools(search, runner);
    REQUIRE(first);
    REQUIRE(first->toolset.tools.size() == 1);
    CHECK(first->toolset.tools[0].has("read_slang"));
    CHECK(runner.jobs == 1);
    const auto second = probe_tools(search, runner);
    REQUIRE(second);
    REQUIRE(second->toolset.tools.size() == 1);
    CHECK(second->toolset.tools[0].version == "0.52");
    CHECK(second->toolset.tools[0].has("diag_json"));
    CHECK(runner.jobs == 1);
    programs.add("yosys", "#!/bin/sh\nexit 0\n");
    REQUIRE(probe_tools(search, runner));
    CHECK(runner.jobs == 2);
}

TEST_CASE("A broken cache of probes is asked anew, one that can't be written is told") {
    const Programs programs;
    programs.add("yosys");
    ToolSearch search = programs.search();
    search.probe_cache = programs.bin() / "probes.json";
    CannedRunner runner;
    runner.answer = says("Yosys 0.52\n");
    for (const char* text : {"", "{", "[]", "{\"generation\":1,\"tools\":{\"x\":3}}"}) {
        CAPTURE(text);
        REQUIRE(write_file_atomic(search.probe_cache, text));
        const auto report = probe_tools(search, runner);
        REQUIRE(report);
        CHECK(report->toolset.tools.size() == 1);
        CHECK(report->problems.empty());
    }
    CHECK(runner.jobs == 4);
    programs.add("yosys", "#!/bin/sh\nexit 0\n");
    search.probe_cache = programs.bin() / "yosys/probes.json";
    const auto report = probe_tools(search, runner);
    REQUIRE(report);
    CHECK(report->toolset.tools.size() == 1);
    CHECK(report->problems.size() == 1);
}

TEST_CASE("A program that crashes or says nothing is left out and named") {
    auto runner = process::make_runner({});
    if (!runner) SKIP_VISIBLY("no jail can be made here");
    const Programs programs;
    programs.add_fake("yosys", "crashes.sh");
    programs.add_fake("yosys-abc", "silent.sh");
    const auto report = probe_tools(programs.search(), **runner);
    REQUIRE(report);
    CHECK(report->toolset.tools.empty());
    REQUIRE(report->problems.size() == 2);
    CHECK(report->problems[0].find("yosys: can't be used") != std::string::npos);
    CHECK(report->problems[1].find("told no version") != std::string::npos);
    const Programs good;
    good.add_fake("yosys", "yosys.sh");
    const auto fine = probe_tools(good.search(), **runner);
    REQUIRE(fine);
    REQUIRE(fine->toolset.tools.size() == 1);
    CHECK(fine->toolset.tools[0].version == "0.99");
    CHECK_FALSE(fine->toolset.tools[0].has("read_slang"));
}

TEST_CASE("An answer that a busy machine cut short is used, and asked for again") {
    const Programs programs;
    programs.add("yosys");
    ToolSearch search = programs.search();
    search.probe_cache = programs.bin() / "cache/probes.json";

    /// The version comes, a feature's step hits the wall.
    class BusyRunner final : public process::Runner {
    public:
        using process::Runner::run;
        Result<process::JobResult> run(const process::JobSpec& job, std::stop_token) override {
            ++jobs;
            process::JobResult result;
            result.steps.assign(job.steps.size(), says("Yosys 0.52 (git)\n--diag-json\n"));
            if (busy) result.steps[1].end = process::StepEnd::WallLimit;
            return result;
        }
        [[nodiscard]] process::IsolationLevel level() const override {
            return process::IsolationLevel::S2;
        }
        int jobs = 0;
        bool busy = true;
    };
    BusyRunner runner;
    const auto first = probe_tools(search, runner);
    REQUIRE(first);
    REQUIRE(first->toolset.tools.size() == 1);
    CHECK_FALSE(first->toolset.tools[0].has("read_slang"));
    runner.busy = false;
    const auto second = probe_tools(search, runner);
    REQUIRE(second);
    CHECK(second->toolset.tools[0].has("read_slang"));
    CHECK(runner.jobs == 2);
    REQUIRE(probe_tools(search, runner));
    CHECK(runner.jobs == 2);
}

TEST_CASE("A stop ends the probing of a program that hangs within two seconds") {
    const Programs programs;
    programs.add("yosys", "#!/bin/sh\nsleep 60\n");
    const auto runner = process::make_runner({});
    if (!runner) SKIP_VISIBLY("no jail can be made here");
    std::stop_source source;
    source.request_stop();
    const auto start = std::chrono::steady_clock::now();
    const auto report = probe_tools(programs.search(), **runner, source.get_token());
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(2));
    REQUIRE_FALSE(report);
    CHECK(report.error().code == ErrorCode::Interrupted);
}

// SPDX-License-Identifier: Apache-2.0
// Recorded logs of every tool generation, and what is read from them.
//
// tests/golden/tools/FRONT_END-VERSION/DESIGN.log is what the tool said of designs/DESIGN.sv,
// DESIGN.expected what the parser makes of it. One way to refresh each:
//   test_core_tools "[record]"                       records the tools of this machine
//   RTLGEN_REFRESH_GOLDEN=1 test_core_tools "[golden]"  writes the expectations anew
#include <algorithm>
#include <cstdlib>

#include "core/base/files.h"
#include "core/process/sandbox.h"
#include "core/tools/front_end.h"
#include "core/tools/rules.h"
#include "tests/catch.h"
#include "tests/unit/core/tools/recorded_job.h"

using namespace rtlgen;
using namespace rtlgen::tools;

namespace {

namespace fs = std::filesystem;

fs::path golden_folder() { return fs::path(RTLGEN_SOURCE_DIR) / "tests/golden/tools"; }

std::vector<fs::path> sorted_entries(const fs::path& folder) {
    std::vector<fs::path> entries;
    for (const auto& entry : fs::directory_iterator(folder)) entries.push_back(entry.path());
    std::ranges::sort(entries);
    return entries;
}

SourceSet design(const std::string& name) {
    SourceSet set;
    const auto text = read_file(golden_folder() / "designs" / (name + ".sv"));
    REQUIRE(text);
    set.files.push_back({name + ".sv", {}, *text});
    set.top = name;
    return set;
}

std::string describe(const ReadResult& read) {
    std::string text = read.tool.name + " " + read.tool.version + " " + read.command + ": " +
                       (read.accepted ? "accepted" : "refused") +
                       (read.crashed ? ", crashed" : "") + ", errors are " +
                       std::string(to_string(errors_class(read.findings))) + "\n";
    for (const Finding& finding : read.findings) text += format_finding(finding) + "\n";
    return text;
}

/// Front end and version of a folder such as "yosys-slang-0.70".
std::pair<const FrontEnd*, std::string> front_end_of(const std::string& folder) {
    const std::size_t dash = folder.rfind('-');
    for (const FrontEnd& row : front_ends()) {
        if (row.name == folder.substr(0, dash)) return {&row, folder.substr(dash + 1)};
    }
    return {nullptr, {}};
}

void check_log(const fs::path& log, const FrontEnd& front_end, const std::string& version) {
    CAPTURE(log.string());
    const auto text = read_file(log);
    REQUIRE(text);
    Tool tool;
    tool.kind = front_end.kind;
    tool.version = version;
    const ReadResult read =
        front_end.parse(tool, design(log.stem().string()), read_recording(*text));
    const fs::path expected = fs::path(log).replace_extension(".expected");
    if (std::getenv("RTLGEN_REFRESH_GOLDEN") != nullptr) {
        REQUIRE(write_file_atomic(expected, describe(read)));
        return;
    }
    const auto wanted = read_file(expected);
    REQUIRE(wanted);
    CHECK(describe(read) == *wanted);
}

}  // namespace

TEST_CASE("Recorded logs of every tool generation are read as expected", "[golden]") {
    int logs = 0;
    for (const fs::path& folder : sorted_entries(golden_folder())) {
        if (folder.filename() == "designs") continue;
        const auto [front_end, version] = front_end_of(folder.filename().string());
        REQUIRE(front_end != nullptr);
        for (const fs::path& log : sorted_entries(folder)) {
            if (log.extension() != ".log") continue;
            check_log(log, *front_end, version);
            ++logs;
        }
    }
    CHECK(logs >= 60);
}

TEST_CASE("Syntax, ports and missing modules are told apart by every front end", "[golden]") {
    const std::pair<const char*, VerdictClass> wanted[] = {
        {"syntax_error", VerdictClass::Syntax},
        {"port_mismatch", VerdictClass::Interface},
        {"missing_module", VerdictClass::Elaboration},
    };
    for (const fs::path& folder : sorted_entries(golden_folder())) {
        if (folder.filename() == "designs") continue;
        const auto [front_end, version] = front_end_of(folder.filename().string());
        REQUIRE(front_end != nullptr);
        for (const auto& [name, verdict_class] : wanted) {
            CAPTURE(folder.string(), name);
            const auto text = read_file(folder / (std::string(name) + ".log"));
            REQUIRE(text);
            Tool tool;
            tool.kind = front_end->kind;
            const ReadResult read = front_end->parse(tool, design(name), read_recording(*text));
            CHECK_FALSE(read.accepted);
            CHECK(errors_class(read.findings) == verdict_class);
            const bool missing = std::ranges::any_of(read.findings, is_missing_part);
            CHECK(missing == (std::string(name) == "missing_module"));
        }
    }
}

TEST_CASE("Recording what the tools of this machine say", "[.][record]") {
    auto runner = process::make_runner({});
    REQUIRE(runner);
    const auto probed = probe_tools(default_tool_search(), **runner);
    REQUIRE(probed);
    for (const FrontEnd& row : front_ends()) {
        for (const Tool* tool : probed->toolset.all(row.kind)) {
            if (!row.usable(*tool)) continue;
            const fs::path folder = golden_folder() / (row.name + "-" + tool->version);
            fs::create_directories(folder);
            for (const fs::path& source : sorted_entries(golden_folder() / "designs")) {
                const std::string name = source.stem().string();
                const auto job = row.plan(*tool, design(name));
                REQUIRE(job);
                const auto result = (*runner)->run(*job);
                REQUIRE(result);
                REQUIRE(write_file_atomic(folder / (name + ".log"), write_recording(*result)));
            }
        }
    }
}

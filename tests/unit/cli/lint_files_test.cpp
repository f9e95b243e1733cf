// SPDX-License-Identifier: Apache-2.0
// What a user of lint meets: control files among the sources, waivers, long lists of findings.
#include <filesystem>
#include <nlohmann/json.hpp>

#include "core/base/files.h"
#include "core/base/temp_folder.h"
#include "tests/catch.h"
#include "tests/unit/cli/run_rtlgen.h"

using namespace rtlgen;
using Json = nlohmann::ordered_json;

namespace {

bool has_verilator() { return std::filesystem::exists("/usr/bin/verilator_bin"); }

/// `verify --json` of a module with an unused input, in a folder that holds `control` as c.vlt.
Ran verify_unused(const std::string& control, const std::vector<std::string>& more,
                  const TempFolder& folder) {
    const std::string design = (folder.path() / "d.sv").string();
    REQUIRE(write_file_atomic(design,
                              "module d(input a, input b, output y);\n  assign y = a;\n"
                              "endmodule\n"));
    REQUIRE(write_file_atomic(folder.path() / "c.vlt", control));
    std::vector<std::string> arguments = {"verify", "--json", "--require", "lint", design};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run_rtlgen(arguments);
}

}  // namespace

TEST_CASE("a control file among the sources goes to Verilator alone, before them") {
    if (!has_verilator()) SKIP_VISIBLY("verilator is not installed");
    const TempFolder folder = TempFolder::create().value();
    const std::string control = (folder.path() / "c.vlt").string();
    const char* const text = "`verilator_config\nlint_off -rule UNUSEDSIGNAL -file \"*/d.sv\"\n";
    CHECK(verify_unused(text, {}, folder).code == 1);
    const Ran printed = verify_unused(text, {control}, folder);
    INFO(printed.out << printed.err);
    CHECK(printed.code == 0);
    // No front end took it for Verilog.
    const Json verdict = Json::parse(printed.out);
    for (const auto& [tool, says] : verdict["checks"][1]["detail"].items()) {
        CAPTURE(tool);
        CHECK(says == "reads it");
    }
}

TEST_CASE("the same file is understood as waivers, and a fault in it is named by file and line") {
    if (!has_verilator()) SKIP_VISIBLY("verilator is not installed");
    const TempFolder folder = TempFolder::create().value();
    const std::string control = (folder.path() / "c.vlt").string();
    const std::vector<std::string> waiver = {"--waiver", control};
    CHECK(verify_unused("lint_off -rule UNUSED\n  -match \"*'b'*\"\n", waiver, folder).code == 0);
    CHECK(verify_unused("lint_off -rule UNUSED -match \"*'a'*\"\n", waiver, folder).code == 1);
    const Ran broken = verify_unused("\nlint_off -rule\n", waiver, folder);
    CHECK(broken.code == 2);
    INFO(broken.err);
    CHECK(broken.err.find(control + ":2") != std::string::npos);
}

TEST_CASE("a list of findings that is cut off ends with a count for each rule") {
    if (!has_verilator()) SKIP_VISIBLY("verilator is not installed");
    const TempFolder folder = TempFolder::create().value();
    const std::string design = (folder.path() / "d.sv").string();
    std::string ports;
    for (int i = 0; i < 40; ++i) ports += "input a" + std::to_string(i) + ", ";
    REQUIRE(write_file_atomic(design,
                              "module d(" + ports + "output y);\n  assign y = 1'b0;\nendmodule\n"));
    const Ran printed = run_rtlgen({"verify", design});
    INFO(printed.out);
    CHECK(printed.out.find("more (--json has all)\nby rule: verilator/UNUSEDSIGNAL 40") !=
          std::string::npos);
}

TEST_CASE("a file that a tool found in a folder is named as the folder was") {
    if (!has_verilator()) SKIP_VISIBLY("verilator is not installed");
    const TempFolder folder = TempFolder::create().value();
    const std::filesystem::path parts = folder.path() / "lib" / "parts";
    std::filesystem::create_directories(parts);
    REQUIRE(write_file_atomic(parts / "leaf.sv",
                              "module leaf(input a, input b, output y);\n  assign y = a;\n"
                              "endmodule\n"));
    const std::string top = (folder.path() / "top.sv").string();
    REQUIRE(write_file_atomic(
        top, "module top(input a, output y);\n  leaf l(.a(a), .b(a), .y(y));\nendmodule\n"));
    const std::string shown = (folder.path() / "lib" / "." / "parts").string();
    const Ran printed = run_rtlgen({"verify", "--json", "--top", "top", top, "-y", shown});
    INFO(printed.out << printed.err);
    CHECK(printed.code == 0);
    const Json verdict = Json::parse(printed.out);
    REQUIRE_FALSE(verdict["findings"].empty());
    CHECK(verdict["findings"][0]["file"] == (parts / "leaf.sv").string());
}

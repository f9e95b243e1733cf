// SPDX-License-Identifier: Apache-2.0
// `rtlgen verify --each-file`: which tool reads which file.
#include <filesystem>
#include <nlohmann/json.hpp>

#include "core/base/files.h"
#include "core/base/temp_folder.h"
#include "core/domain/verdict.h"
#include "tests/catch.h"
#include "tests/schema.h"
#include "tests/unit/cli/run_rtlgen.h"

using namespace rtlgen;

namespace {

/// Two designs that share a package, and a file that no tool reads.
Ran verify_files(const std::vector<std::string>& more) {
    const TempFolder folder = TempFolder::create().value();
    const auto path = [&](const char* name) { return (folder.path() / name).string(); };
    REQUIRE(write_file_atomic(path("p.sv"), "package p; localparam int W = 3; endpackage\n"));
    REQUIRE(write_file_atomic(path("a.sv"),
                              "module a(input [p::W-1:0] x, output [p::W-1:0] y);\n"
                              "  assign y = ~x;\nendmodule\n"));
    REQUIRE(write_file_atomic(path("b.sv"),
                              "module b(input x, output y);\n  assign y = x;\nendmodule\n"));
    REQUIRE(write_file_atomic(path("bad.sv"), "module bad(input x;\nendmodule\n"));
    std::vector<std::string> arguments = {"verify", "--each-file"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    // The user of the package stands before it.
    for (const char* name : {"a.sv", "b.sv", "p.sv", "bad.sv"}) arguments.push_back(path(name));
    return run_rtlgen(arguments);
}

}  // namespace

TEST_CASE("each file is read with what it needs, and one bad file is named") {
    const Ran printed = verify_files({"--json"});
    INFO(printed.out << printed.err);
    CHECK(printed.code == 1);
    const auto json = nlohmann::ordered_json::parse(printed.out);
    CHECK(json["class"] == "syntax");
    REQUIRE(json["reading"].size() == 4);
    for (const auto& file : json["reading"]) {
        const bool is_bad = file["file"].get<std::string>().ends_with("bad.sv");
        REQUIRE_FALSE(file["reads"].empty());
        for (const auto& [tool, reads] : file["reads"].items()) {
            CAPTURE(file["file"].get<std::string>(), tool);
            if (is_bad) CHECK_FALSE(reads.get<bool>());
            if (is_bad) CHECK(file["reasons"].contains(tool));
        }
        if (!is_bad && file["reads"].contains("verilator")) {
            CHECK(file["reads"]["verilator"].get<bool>());
        }
    }
    const Verdict verdict = verdict_from_json(json);
    CHECK(verdict.reading.size() == 4);
    CHECK(to_json(verdict) == json);
    NEED_VALIDATOR();
    CHECK(schema_violations(read_schema("verdict.v1"), nlohmann::json::parse(printed.out)) == "");
}

TEST_CASE("the text has a table of the files that not every tool reads") {
    const Ran printed = verify_files({});
    CHECK(printed.out.find("not read by all") != std::string::npos);
    CHECK(printed.out.find("bad.sv") != std::string::npos);
    CHECK(printed.out.find(" of 4 files") != std::string::npos);
}

TEST_CASE("files that need not be one design take neither a testbench nor synthesis") {
    for (const char* option : {"--testbench=tb.sv", "--require=synth"}) {
        const Ran printed = verify_files({option});
        CHECK(printed.code == 2);
        CHECK(printed.err.find("--each-file") != std::string::npos);
    }
}

TEST_CASE("what a shared file warns of counts once, and an earlier verdict covers it") {
    const TempFolder folder = TempFolder::create().value();
    const auto path = [&](const char* name) { return (folder.path() / name).string(); };
    REQUIRE(write_file_atomic(path("leaf.sv"),
                              "module leaf(input a, input b, output y);\n"
                              "  assign y = a;\nendmodule\n"));
    for (const std::string name : {"p", "q", "r"}) {
        REQUIRE(write_file_atomic(path((name + ".sv").c_str()),
                                  "module " + name + "(input a, output y);\n" +
                                      "  leaf l(.a(a), .b(a), .y(y));\nendmodule\n"));
    }
    std::vector<std::string> arguments = {"verify",     "--each-file", "--json",    path("leaf.sv"),
                                          path("p.sv"), path("q.sv"),  path("r.sv")};
    const Ran first = run_rtlgen(arguments);
    INFO(first.out << first.err);
    REQUIRE(first.code == 0);
    const auto lint_of = [](const nlohmann::ordered_json& verdict) {
        for (const auto& check : verdict["checks"]) {
            if (check["name"] == "lint") return check["detail"];
        }
        return nlohmann::ordered_json();
    };
    const auto verdict = nlohmann::ordered_json::parse(first.out);
    if (!std::filesystem::exists("/usr/bin/verilator_bin"))
        SKIP_VISIBLY("verilator is not installed");
    REQUIRE_FALSE(verdict["findings"].empty());
    CHECK(lint_of(verdict)["findings"] == std::to_string(verdict["findings"].size()));
    REQUIRE(write_file_atomic(path("baseline.json"), first.out));
    arguments.insert(arguments.end(), {"--baseline", path("baseline.json"), "--require", "lint"});
    const Ran second = run_rtlgen(arguments);
    INFO(second.out << second.err);
    CHECK(second.code == 0);
    CHECK(lint_of(nlohmann::ordered_json::parse(second.out))["findings"] == "0");
}

TEST_CASE("two testbenches of one name are read each on its own") {
    const TempFolder folder = TempFolder::create().value();
    const auto path = [&](const char* name) { return (folder.path() / name).string(); };
    REQUIRE(write_file_atomic(path("d.v"), "module d(output y); assign y = 1; endmodule\n"));
    REQUIRE(write_file_atomic(path("t1.v"), "module tb; wire y; d u(.y(y)); endmodule\n"));
    REQUIRE(write_file_atomic(path("t2.v"), "module tb; wire z; d u(.y(z)); endmodule\n"));
    const Ran printed =
        run_rtlgen({"verify", "--each-file", "--json", path("d.v"), path("t1.v"), path("t2.v")});
    INFO(printed.out << printed.err);
    CHECK(printed.code == 0);
    CHECK(nlohmann::ordered_json::parse(printed.out)["reading"].size() == 3);
}

// SPDX-License-Identifier: Apache-2.0
// What `edit` and `runs` print as JSON against docs/schema.
#include <filesystem>

#include "cli/machine.h"
#include "core/base/files.h"
#include "core/base/temp_folder.h"
#include "core/base/text.h"
#include "tests/environment.h"
#include "tests/schema.h"
#include "tests/unit/cli/gate_bench.h"
#include "tests/unit/cli/run_rtlgen.h"

using namespace rtlgen;
using Json = nlohmann::json;
namespace fs = std::filesystem;

namespace {

bool can_simulate() {
    const auto machine = cli::open_machine({});
    return machine && machine->probe.toolset.find(tools::ToolKind::Icarus) != nullptr;
}

/// A folder with a wrong gate, what it should be, and a model that mends it at the second try.
class Place {
public:
    Place() {
        write("gate.v", gate("|"));
        write("gate.md", "A module `gate`: y is a and b.\n");
        write("tb.v", test::kGateTestbench);
        write("answers.jsonl", answer(0, "^") + answer(1, "&"));
    }
    [[nodiscard]] std::string path(const std::string& name) const {
        return (folder_.path() / name).string();
    }
    [[nodiscard]] Ran run(std::vector<std::string> arguments, const std::string& run) const {
        arguments.insert(arguments.end(),
                         {"--testbench", path("tb.v"), "--model", "replay:" + path("answers.jsonl"),
                          "--run-dir", path(run), "--json"});
        return run_rtlgen(arguments);
    }

private:
    static std::string gate(const std::string& op) {
        return "module gate(input a, input b, output y);\n  assign y = a " + op +
               " b;\nendmodule\n";
    }
    static std::string answer(int turn, const std::string& op) {
        return Json{{"turn", turn}, {"completion", "```verilog\n" + gate(op) + "```\n"}}.dump() +
               "\n";
    }
    void write(const std::string& name, const std::string& text) {
        REQUIRE(write_file_atomic(folder_.path() / name, text));
    }
    TempFolder folder_ = TempFolder::create().value();
    ScopedVariable config_{"XDG_CONFIG_HOME", folder_.path().string()};
};

/// The document, which has to be as its schema says.
Json by_schema(const std::string& text, const std::string& schema) {
    CAPTURE(text);
    Json json = Json::parse(text);
    CHECK(schema_violations(read_schema(schema), json).empty());
    return json;
}

}  // namespace

TEST_CASE("what edit prints is by its schema, and so are its verdicts") {
    NEED_VALIDATOR();
    if (!can_simulate()) SKIP_VISIBLY("no jail or no Icarus");
    const Place place;
    const Ran ran = place.run({"edit", place.path("gate.v"), "--task", "make it an AND"}, "run");
    INFO(ran.err);
    CHECK(ran.code == 0);
    const Json json = by_schema(ran.out, "edit.v1");
    CHECK(schema_violations(read_schema("verdict.v1"), json.at("before")).empty());
    CHECK(schema_violations(read_schema("verdict.v1"), json.at("after")).empty());
    CHECK(json.at("attempts") == 2);
    // The schema is none that takes anything.
    Json broken = json;
    broken.erase("after");
    CHECK_FALSE(schema_violations(read_schema("edit.v1"), broken).empty());
}

TEST_CASE("what runs prints of an edit and of a generated design is by its schemas") {
    NEED_VALIDATOR();
    if (!can_simulate()) SKIP_VISIBLY("no jail or no Icarus");
    const Place place;
    CHECK(place.run({"edit", place.path("gate.v"), "--task", "make it an AND"}, "edit").code == 0);
    CHECK(place.run({"generate", place.path("gate.md")}, "generate").code == 0);
    for (const std::string name : {"edit", "generate"}) {
        CAPTURE(name);
        const std::string run = place.path(name);
        const Json again =
            by_schema(run_rtlgen({"reproduce", run, "--json"}).out, "reproduction.v1");
        CHECK(again.at("same") == true);
        CHECK(again.at("attempts").size() == 2);
        const Json diff = by_schema(
            run_rtlgen({"runs", "diff", run, "s01.t0", "s01.t1", "--json"}).out, "attempt_diff.v1");
        CHECK(diff.at("verdict").at(0).at("after") == "pass");
        const Ran exported = run_rtlgen({"runs", "export", run});
        CHECK(split_lines(exported.out).size() == 2);
        for (const std::string_view line : split_lines(exported.out)) {
            const Json attempt = by_schema(std::string(line), "attempt.v1");
            CHECK(schema_violations(read_schema("verdict.v1"), attempt.at("verdict")).empty());
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
// Scripts for Yosys, and what is read from its answers.
#include <algorithm>

#include "core/tools/front_end.h"
#include "core/tools/rules.h"
#include "core/tools/yosys.h"
#include "core/tools/yosys/yosys_log.h"
#include "tests/catch.h"

using namespace rtlgen;
using namespace rtlgen::tools;

namespace {

SourceSet hostile_set() {
    SourceSet set;
    set.files.push_back({"a; shell rm -rf !\n.sv", {}, "module top; endmodule\n"});
    set.top = "top";
    set.defines = {{"EXPRESSION", "(1 + 2); exec -expect-return 1"}};
    return set;
}

std::string input(const YosysRun& run, std::string_view name) {
    const auto found = std::ranges::find(run.inputs, name, &process::InputFile::path);
    return found == run.inputs.end() ? "" : found->bytes;
}

}  // namespace

TEST_CASE("No file name and no define of a user's stands in a script") {
    for (const YosysReader reader : {YosysReader::Verilog, YosysReader::Slang}) {
        YosysRun run;
        REQUIRE(add_reading(run, reader, hostile_set()));
        CHECK(run.script.find(';') == std::string::npos);
        CHECK(run.script.find('!') == std::string::npos);
        CHECK(run.script.find("exec") == std::string::npos);
        CHECK(input(run, "slang.args").find("exec") == std::string::npos);
        CHECK(input(run, "yosys.defines.svh") ==
              "`define EXPRESSION (1 + 2); exec -expect-return 1\n");
    }
}

TEST_CASE("A parameter's value that could be a command is refused") {
    for (const char* value : {"1; shell true", "1 2", "1\"", "$x", "a\\b", ""}) {
        CAPTURE(value);
        SourceSet set = hostile_set();
        set.parameters = {{"W", value}};
        YosysRun run;
        CHECK_FALSE(add_reading(run, YosysReader::Verilog, set));
        CHECK_FALSE(add_reading(run, YosysReader::Slang, set));
    }
    SourceSet set = hostile_set();
    set.parameters = {{"W", "8'hff"}};
    YosysRun run;
    REQUIRE(add_reading(run, YosysReader::Verilog, set));
    CHECK(run.script.find("hierarchy -check -top top -chparam W 8'hff\n") != std::string::npos);
}

TEST_CASE("Yosys's messages get stable rules and are told once") {
    const auto findings = yosys::parse_messages(
        "f.v:3: Warning: Identifier `\\m' is implicitly declared.\n"
        "f.v:3: Warning: Identifier `\\m' is implicitly declared.\n"
        "Warning: reg '\\q' is assigned in a continuous assignment at f.v:1.107-1.110.\n"
        "Latch inferred for signal `\\top.\\hold' from process `\\top.$proc$f.v:1$1': $auto$2\n"
        "ERROR: Module `lv' referenced in module `ff' in cell `v' does not have a port named "
        "'c'.\n");
    REQUIRE(findings.size() == 4);
    CHECK(findings[0].rule == "yosys/implicit-wire");
    CHECK(findings[1].file == "f.v");
    CHECK(findings[1].line == 1);
    CHECK(findings[1].column == 107);
    CHECK(findings[2].rule == "yosys/latch");
    CHECK(findings[2].message == "Latch inferred for signal `\\top.\\hold'");
    CHECK(findings[3].rule == "yosys/port-name");
    CHECK(finding_class(findings[3]) == VerdictClass::Interface);
}

TEST_CASE("slang's diagnostics are findings with its own codes, and broken JSON is none") {
    const auto findings = yosys::parse_diagnostics(
        R"([{"severity":"error","message":"unknown module 'b'","code":"UnknownModule",)"
        R"("location":"/jail/src/f0.sv:3:2"},{"severity":"warning","message":"w","code":"X"},3,)"
        R"({"severity":"error","message":"of the whole","code":"Y","location":":0:0"}])");
    REQUIRE(findings.size() == 3);
    CHECK(findings[2] == Finding{Severity::Error, "slang/Y", "", 0, 0, "of the whole"});
    CHECK(findings[0] == Finding{Severity::Error, "slang/UnknownModule", "/jail/src/f0.sv", 3, 2,
                                 "unknown module 'b'"});
    CHECK(is_missing_part(findings[0]));
    CHECK(findings[1].severity == Severity::Warning);
    for (const char* text : {"", "[", "{}", "[{\"severity\":1}]"}) {
        CAPTURE(text);
        CHECK(yosys::parse_diagnostics(text).empty());
    }
}

TEST_CASE("A copy's absolute position leads back to the user's file") {
    process::JobResult result;
    result.steps.resize(1);
    result.steps[0].end = process::StepEnd::Exited;
    result.steps[0].exit_code = 1;
    result.steps[0].err = "src/f0.sv:1: ERROR: unknown module 'b'\n";
    result.outputs["slang.diag.json"] =
        R"([{"severity":"error","message":"unknown module 'b'","code":"UnknownModule",)"
        R"("location":"/jail/src/f0.sv:1:2"}])";
    Tool tool;
    tool.kind = ToolKind::Yosys;
    const YosysResult run = parse_yosys(tool, hostile_set(), result);
    CHECK_FALSE(run.ok);
    REQUIRE(run.findings.size() == 1);
    CHECK(run.findings[0].file == "a; shell rm -rf !\n.sv");
    CHECK(run.findings[0].column == 2);
    CHECK(run.outputs.empty());
}

/// A job whose only step ended with 0.
process::JobResult ended_well() {
    process::JobResult result;
    result.steps.resize(1);
    result.steps[0].end = process::StepEnd::Exited;
    result.steps[0].exit_code = 0;
    return result;
}

TEST_CASE("A script that ends with 0 before its last command is no success") {
    Tool tool;
    tool.kind = ToolKind::Yosys;
    const process::JobSpec plan = plan_yosys(tool, {});
    REQUIRE(plan.outputs.size() == 1);
    process::JobResult result = ended_well();
    CHECK_FALSE(parse_yosys(tool, {}, result).ok);
    result.outputs[plan.outputs[0].path] = "\n2 modules:\n  a\n  b\n";
    const YosysResult run = parse_yosys(tool, {}, result);
    CHECK(run.ok);
    CHECK(run.modules == std::vector<std::string>{"a", "b"});
    CHECK(run.outputs.empty());
}

TEST_CASE("A reading that leaves no module is a refusal where there is no top") {
    Tool tool;
    tool.kind = ToolKind::Yosys;
    process::JobResult result = ended_well();
    result.outputs["end.txt"] = "";
    const FrontEnd& verilog = front_ends().back();
    REQUIRE(verilog.name == "yosys-verilog");
    const ReadResult read = verilog.parse(tool, {}, result);
    CHECK_FALSE(read.accepted);
    REQUIRE(read.findings.size() == 1);
    CHECK(read.findings[0].rule == "yosys/EMPTY");
    result.outputs["end.txt"] = "\n1 modules:\n  a\n";
    CHECK(verilog.parse(tool, {}, result).accepted);
}

TEST_CASE("What slang says is not told once more in Yosys's words") {
    process::JobResult result = ended_well();
    result.steps[0].out =
        "../chip/a.sv:3: Warning: shift count overflows [-Wshift]\n"
        "../chip/a.sv:9: Warning: something of Yosys's own\n";
    result.outputs["slang.diag.json"] =
        R"([{"severity":"warning","message":"shift count overflows","code":"Shift",)"
        R"("location":"/data/chip/a.sv:3:7"}])";
    SourceSet set;
    set.files = {{"a.sv", "/data/chip/a.sv", ""}};
    Tool tool;
    tool.kind = ToolKind::Yosys;
    const YosysResult run = parse_yosys(tool, set, result);
    REQUIRE(run.findings.size() == 2);
    CHECK(run.findings[0].rule == "slang/Shift");
    CHECK(run.findings[1].line == 9);
    CHECK(run.findings[1].file == "a.sv");
}

TEST_CASE("Ports come in the order of the source, the top's module first") {
    const auto headers = parse_headers(R"({"modules":{
      "leaf":{"attributes":{},"ports":{"x":{"direction":"input","bits":[2]}},"netnames":{}},
      "$paramod\\top\\W=6":{"attributes":{"top":"1","hdlname":"\\top"},
        "parameter_default_values":{"W":"0110"},
        "ports":{"q":{"direction":"output","bits":[4,5,6],"upto":1,"signed":1},
                 "a":{"direction":"inout","offset":2,"bits":[2,3]}},
        "netnames":{"q":{"attributes":{"src":"f.v:2.9-2.10"}},
                    "a":{"attributes":{"src":"f.v:1.20-1.21"}}}}}})");
    REQUIRE(headers);
    REQUIRE(headers->size() == 2);
    const ModuleHeader& top = headers->front();
    CHECK(top.name == "top");
    CHECK(top.read_by == "yosys");
    REQUIRE(top.ports.size() == 2);
    CHECK(top.ports[0] == Port{"a", PortDirection::Inout, 2, "[3:2]", false});
    CHECK(top.ports[1] == Port{"q", PortDirection::Output, 3, "[0:2]", true});
    for (const char* text : {"", "{}", "[]", R"({"modules":{"a":{}}})"}) {
        CAPTURE(text);
        const auto broken = parse_headers(text);
        REQUIRE_FALSE(broken);
        CHECK(broken.error().code == ErrorCode::ToolFailed);
    }
}

TEST_CASE("slang reads first, but for a design that says full_case") {
    Tool tool;
    tool.kind = ToolKind::Yosys;
    SourceSet set;
    set.files = {{"a.v", {}, "module m; endmodule"}};
    using Readers = std::vector<YosysReader>;
    CHECK(yosys_readers(tool, set) == Readers{YosysReader::Verilog});
    tool.features = {"read_slang"};  // without its messages as JSON it isn't asked
    CHECK(yosys_readers(tool, set) == Readers{YosysReader::Verilog});
    tool.features = {"read_slang", "diag_json"};
    CHECK(yosys_readers(tool, set) == Readers{YosysReader::Slang, YosysReader::Verilog});
    set.library_files = {{"b.v", {}, "case (x) // synopsys full_case"}};
    CHECK(yosys_readers(tool, set) == Readers{YosysReader::Verilog, YosysReader::Slang});
}

// SPDX-License-Identifier: Apache-2.0
// The edit command as a user calls it: a program as the model, the real judge.
#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "cli/machine.h"
#include "core/base/files.h"
#include "core/base/temp_folder.h"
#include "tests/catch.h"
#include "tests/environment.h"
#include "tests/unit/cli/run_rtlgen.h"

using namespace rtlgen;
namespace fs = std::filesystem;

namespace {

constexpr const char* kTop = R"(module top(input a, input b, output y);
    assign y = a | b;
endmodule
)";
constexpr const char* kOther = "module unused(input a, output y);\n    assign y = a;\nendmodule\n";
constexpr const char* kBench = R"(module tb;
    reg a = 0, b = 0; wire y; integer i;
    top dut(.a(a), .b(b), .y(y));
    initial begin
        for (i = 0; i < 4; i = i + 1) begin
            {a, b} = i[1:0]; #1;
            if (y !== (a & b)) begin
                $display("FAIL: y expected %0h got %0h at time %0t", a & b, y, $time);
                $fatal(1);
            end
        end
        $display("PASS: 4 checks");
        $finish;
    end
endmodule
)";

bool can_simulate() {
    const auto machine = cli::open_machine({});
    return machine && machine->probe.toolset.find(tools::ToolKind::Icarus) != nullptr;
}

/// A folder with a design, a testbench and a model that says `answer`.
class Desk {
public:
    explicit Desk(const std::string& answer) {
        write("top.v", kTop);
        write("other.v", kOther);
        write("tb.v", kBench);
        write("answer.md", answer);
    }
    [[nodiscard]] fs::path path(const std::string& name) const { return folder_.path() / name; }
    [[nodiscard]] std::string read(const std::string& name) const {
        return read_file(path(name)).value();
    }
    Ran edit(std::vector<std::string> more) {
        std::vector<std::string> arguments = {"edit",
                                              path("top.v").string(),
                                              path("other.v").string(),
                                              "--top",
                                              "top",
                                              "--testbench",
                                              path("tb.v").string(),
                                              "--model",
                                              "command:/bin/cat " + path("answer.md").string(),
                                              "--max-repairs",
                                              "0"};
        if (std::ranges::find(more, "--run-dir") == more.end()) {
            arguments.insert(arguments.end(),
                             {"--run-dir", path("run" + std::to_string(++runs_)).string()});
        }
        arguments.insert(arguments.end(), more.begin(), more.end());
        return run_rtlgen(arguments);
    }

private:
    void write(const std::string& name, const std::string& text) {
        REQUIRE(write_file_atomic(path(name), text));
    }
    TempFolder folder_ = TempFolder::create().value();
    ScopedVariable config_{"XDG_CONFIG_HOME", folder_.path().string()};
    int runs_ = 0;
};

std::string change(const std::string& from, const std::string& to) {
    return "top.v\n<<<<<<< SEARCH\n" + from + "\n=======\n" + to + "\n>>>>>>> REPLACE\n";
}

const std::string kGood = change("    assign y = a | b;", "    assign y = a & b;");
const std::string kBad = change("    assign y = a | b;", "    assign y = a ^ b;");

}  // namespace

TEST_CASE("a change that passes is a diff on standard output, and the files stay") {
    if (!can_simulate()) SKIP_VISIBLY("no jail or no Icarus");
    Desk desk(kGood);
    const Ran ran = desk.edit({"--task", "make it an AND"});
    INFO(ran.err);
    CHECK(ran.code == 0);
    CHECK(ran.out.starts_with("--- a/"));
    CHECK(contains(ran.out, "-    assign y = a | b;\n+    assign y = a & b;\n"));
    CHECK(contains(ran.err, "before: fail mismatch, after: pass"));
    CHECK(desk.read("top.v") == kTop);
    CHECK(fs::exists(desk.path("run1") / "run.sqlite"));
}

TEST_CASE("in place, files that change are written, and nothing else is") {
    if (!can_simulate()) SKIP_VISIBLY("no jail or no Icarus");
    Desk desk(kGood);
    const Ran ran = desk.edit({"--task", "make it an AND", "--in-place"});
    CHECK(ran.code == 0);
    CHECK(ran.out.empty());
    CHECK(contains(desk.read("top.v"), "a & b"));
    CHECK(desk.read("other.v") == kOther);
}

TEST_CASE("a change that fails is given only where that is asked for") {
    if (!can_simulate()) SKIP_VISIBLY("no jail or no Icarus");
    Desk desk(kBad);
    Ran ran = desk.edit({"--task", "make it an AND", "--in-place"});
    CHECK(ran.code == 1);
    CHECK(ran.out.empty());
    CHECK(contains(ran.err, "the change is not given"));
    CHECK(desk.read("top.v") == kTop);
    ran = desk.edit({"--task", "make it an AND", "--allow-failing", "-o", desk.path("d").string()});
    CHECK(ran.code == 1);
    CHECK(contains(desk.read("d"), "+    assign y = a ^ b;"));
}

TEST_CASE("locked ports that change are refused with their names") {
    if (!can_simulate()) SKIP_VISIBLY("no jail or no Icarus");
    Desk desk(change("module top(input a, input b, output y);",
                     "module top(input a, input b, input c, output y);"));
    const Ran ran = desk.edit({"--task", "make it an AND", "--lock-ports"});
    CHECK(ran.code == 1);
    CHECK(contains(ran.err, "the ports of `top` are locked"));
    CHECK(contains(ran.err, "input c"));
}

TEST_CASE("with --json there is one document with both verdicts and the diff") {
    if (!can_simulate()) SKIP_VISIBLY("no jail or no Icarus");
    Desk desk(kGood);
    const Ran ran = desk.edit({"--task", "make it an AND", "--json"});
    const auto json = nlohmann::json::parse(ran.out);
    CHECK(json.at("schema") == "rtlgen.edit.v1");
    CHECK(json.at("before").at("verdict") == "fail");
    CHECK(json.at("before").contains("failure_trace"));
    CHECK(json.at("after").at("verdict") == "pass");
    CHECK(contains(json.at("diff").get<std::string>(), "+    assign y = a & b;"));
}

TEST_CASE("a task is a file or words and a file that isn't there is a usage error") {
    Desk desk("");
    CHECK(desk.edit({"--task", "nofile.md"}).code == 2);
    REQUIRE(write_file_atomic(desk.path("task.md"), "Do it from the file.\n"));
    const Ran ran = desk.edit({"--task", desk.path("task.md").string(), "--dry-run"});
    CHECK(ran.code == 0);
    CHECK(contains(ran.out, "Do it from the file."));
    CHECK(contains(ran.out, "assign y = a | b;"));
    CHECK(desk.edit({"--task", "a b", "--in-place", "-o", "x"}).code == 2);
}

TEST_CASE("a model that gives no answer is an error of the model") {
    if (!can_simulate()) SKIP_VISIBLY("no jail or no Icarus");
    Desk desk("");
    CHECK(desk.edit({"--task", "make it an AND"}).code == 5);
}

TEST_CASE("an edit's Run is gone on with, begun anew where that is asked for, and reproduced") {
    if (!can_simulate()) SKIP_VISIBLY("no jail or no Icarus");
    Desk desk(kGood);
    const std::string run = desk.path("kept").string();
    const std::vector<std::string> arguments = {"--task", "make it an AND", "--run-dir", run};
    CHECK(desk.edit(arguments).code == 0);
    const Ran again = desk.edit(arguments);
    CHECK(again.code == 0);
    CHECK(contains(again.err, "is finished: nothing is asked or judged"));
    CHECK(contains(again.out, "+    assign y = a & b;"));
    std::vector<std::string> fresh = arguments;
    fresh.emplace_back("--fresh");
    CHECK(desk.edit(fresh).code == 2);  // the folder holds one
    CHECK(desk.edit({"--task", "make it a NAND", "--run-dir", run}).code == 2);  // another one's

    Ran reproduced = run_rtlgen({"reproduce", run});
    INFO(reproduced.err);
    CHECK(reproduced.code == 0);
    CHECK(contains(reproduced.out, "1 of 1 verdicts are the same"));
    // The design of then is what counts.
    REQUIRE(write_file_atomic(desk.path("top.v"), "module top; endmodule\n"));
    reproduced = run_rtlgen({"reproduce", run});
    CHECK(contains(reproduced.err, "top.v has changed: its text of then is used"));
    CHECK(contains(reproduced.out, "1 of 1 verdicts are the same"));
}

// SPDX-License-Identifier: Apache-2.0
// What `rtlgen verify --json` prints against docs/schema, however the judgement ends.
#include <filesystem>

#include "core/base/files.h"
#include "core/base/temp_folder.h"
#include "tests/environment.h"
#include "tests/schema.h"
#include "tests/unit/cli/run_rtlgen.h"

using namespace rtlgen;
using Json = nlohmann::json;

namespace {

constexpr std::string_view kBench = R"(module tb;
  reg a = 0, b = 0;
  wire y;
  integer wrong = 0, i;
  top dut(.a(a), .b(b), .y(y));
  initial begin
    for (i = 0; i < 4; i = i + 1) begin
      {a, b} = i[1:0];
      #5;
      if (y !== (a & b)) begin
        wrong = wrong + 1;
        $display("FAIL at time %0d: expected %b, got %b", $time, a & b, y);
      end
    end
    if (wrong == 0) $display("PASS: 4 checks");
    $finish;
  end
endmodule
)";

struct Printed {
    int code = 0;
    Json json;
    std::string violations;
};

/// The one document on standard output, and what its schema says of it.
Printed print(const std::vector<std::string>& arguments, const std::string& schema) {
    const Ran ran = run_rtlgen(arguments);
    INFO(ran.out << ran.err);
    Json json = Json::parse(ran.out);
    std::string violations = schema_violations(read_schema(schema), json);
    return {ran.code, std::move(json), std::move(violations)};
}

/// Verifies a module `top` with `body` against the testbench `bench`.
Printed print_verdict(const std::string& body, const std::vector<std::string>& more = {},
                      std::string_view bench = kBench) {
    const TempFolder folder = TempFolder::create().value();
    REQUIRE(write_file_atomic(folder.path() / "tb.sv", bench));
    REQUIRE(
        write_file_atomic(folder.path() / "top.sv",
                          "module top(input a, input b, output y);\n" + body + "\nendmodule\n"));
    std::vector<std::string> arguments = {"verify", "--json", "--testbench",
                                          (folder.path() / "tb.sv").string(),
                                          (folder.path() / "top.sv").string()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return print(arguments, "verdict.v1");
}

bool has_tools() {
    return std::filesystem::exists("/usr/bin/vvp") &&
           std::filesystem::exists("/usr/bin/verilator_bin");
}

struct Case {
    std::string body;
    std::vector<std::string> more;
    std::string verdict;
    std::string verdict_class;
    int code;
};

}  // namespace

TEST_CASE("the JSON of a pass and of every kind of failure is valid by its schema") {
    NEED_VALIDATOR();
    if (!has_tools()) SKIP_VISIBLY("iverilog or verilator is not installed");
    const std::string right = "assign y = a & b;";
    const std::vector<Case> cases = {
        {right, {}, "pass", "none", 0},
        {right, {"--sim", "both", "--all"}, "pass", "none", 0},
        {right, {"--sim", "verilator", "--check", "site=true"}, "pass", "none", 0},
        {"assign y = a | b;", {}, "fail", "mismatch", 1},
        {"assign y = a & ;", {}, "fail", "syntax", 1},
        {"missing_module m(a, b, y);", {}, "fail", "elaboration", 1},
        {"assign y = 0; initial $finish;", {"--trust", "candidate"}, "fail", "forbidden", 1},
        {"reg r = 0; assign y = r; always @(a) while (1) r = ~r;",
         {"--sim", "icarus", "--timeout", "1"},
         "unknown",
         "timeout",
         4},
        {right + " wire spare;", {"--require", "lint"}, "fail", "lint", 1},
        {right, {"--check", "site=false"}, "fail", "other", 1},
    };
    for (const Case& c : cases) {
        INFO(c.body << " " << (c.more.empty() ? "" : c.more.back()));
        const Printed printed = print_verdict(c.body, c.more);
        CHECK(printed.violations == "");
        CHECK(printed.json["verdict"] == c.verdict);
        CHECK(printed.json["class"] == c.verdict_class);
        CHECK(printed.code == c.code);
    }
}

TEST_CASE("the JSON of a testbench that counts nothing or says nothing is valid, and no pass") {
    NEED_VALIDATOR();
    if (!has_tools()) SKIP_VISIBLY("iverilog or verilator is not installed");
    const auto bench_that = [](const std::string& says) {
        return "module tb; wire y; top dut(1'b0, 1'b1, y); initial begin #5 " + says +
               " $finish; end endmodule\n";
    };
    const std::string counts = R"($display("Mismatches: 0 in 0 samples");)";
    for (const auto& [said, why] : {std::pair(counts, "no_progress"), {"", "unjudged"}}) {
        INFO(why);
        const Printed printed = print_verdict("assign y = a & b;", {}, bench_that(said));
        CHECK(printed.violations == "");
        CHECK(printed.json["verdict"] == "unknown");
        CHECK(printed.json["class"] == why);
        CHECK(printed.code == 4);
    }
}

TEST_CASE("the JSON of a machine without tools is valid by its schema, and blames no design") {
    NEED_VALIDATOR();
    const TempFolder empty = TempFolder::create().value();
    const ScopedVariable path("PATH", empty.path().string());
    const ScopedVariable toolset("RTLGEN_TOOLSET", "none");
    const Printed printed = print_verdict("assign y = a & b;");
    CHECK(printed.violations == "");
    CHECK(printed.json["verdict"] == "tool_error");
    CHECK(printed.code == 3);
}

TEST_CASE("the JSON of what can't be judged at all is valid by the schema of errors") {
    NEED_VALIDATOR();
    const TempFolder folder = TempFolder::create().value();
    const std::string binary = (folder.path() / "binary.v").string();
    REQUIRE(write_file_atomic(binary, std::string("\0\x01", 2)));
    const std::vector<std::vector<std::string>> cases = {
        {"verify", "--json", "/no/such/file.v"},
        {"verify", "--json", binary},
        {"verify", "--json", folder.path().string()},
        {"verify", "--json", "--sim", "spice", "a.v"},
        {"verify", "--json", "--no-such-option", "a.v"},
        {"verify", "--json"},
        {"verifi", "--json"},
    };
    for (const std::vector<std::string>& arguments : cases) {
        INFO(arguments.back());
        const Printed printed = print(arguments, "error.v1");
        CHECK(printed.violations == "");
        CHECK(printed.json["schema"] == "rtlgen.error.v1");
        CHECK(printed.code == 2);
    }
}

TEST_CASE("an error without any one of its keys, or with a code that isn't, is invalid") {
    NEED_VALIDATOR();
    const Json schema = read_schema("error.v1");
    const Json whole = {
        {"schema", "rtlgen.error.v1"}, {"code", "io"}, {"message", "full"}, {"where", ""}};
    CHECK(schema_violations(schema, whole) == "");
    for (const auto& [key, value] : whole.items()) {
        INFO(key);
        Json cut = whole;
        cut.erase(key);
        CHECK(schema_violations(schema, cut) != "");
    }
    Json wrong = whole;
    wrong["code"] = "bad_luck";
    CHECK(schema_violations(schema, wrong) != "");
}

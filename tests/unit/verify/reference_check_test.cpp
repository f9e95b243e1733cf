// SPDX-License-Identifier: Apache-2.0
// A design against its reference, each in a jail of its own, by the real tools.
#include "verify/reference/reference_check.h"

#include "tests/catch.h"
#include "tests/unit/verify/judge_machine.h"
#include "tests/unit/verify/one_module.h"

using namespace rtlgen;
using namespace rtlgen::verify;
using test::text_of;

namespace {

std::string counter(const std::string& name, const std::string& events, const std::string& body) {
    return "module " + name + "(input clk, input rst, input en, output reg [3:0] q);\n  always @(" +
           events + ")\n    " + body + "\nendmodule\n";
}

const std::string kGood = "if (rst) q <= 0; else if (en) q <= q + 1;";

struct Judged {
    Check check;
    Evidence evidence;
};

Judged judged(const test::JudgeMachine& machine, const std::string& design,
              const std::string& reference = counter("good", "posedge clk", kGood),
              Trust trust = Trust::Candidate) {
    const SourceSet dut = text_of(design, "dut");
    const SourceSet good = text_of(reference, "good");
    ReferenceRequest request{.design = dut, .trust = trust, .reference = good, .seed = "1"};
    request.limits.wall = std::chrono::seconds(10);
    request.limits.cpu = std::chrono::seconds(10);
    auto result = check_against_reference(request, machine.tools(), {});
    if (!result) return {{"error", Outcome::ToolError, {}, result.error().text(), {}, {}, {}}, {}};
    return {result->check, result->evidence};
}

}  // namespace

TEST_CASE("a design that does what its reference does passes, with how many samples") {
    const auto machine = test::open_comparing_machine();
    if (!machine) SKIP_VISIBLY("no jail, Icarus or Yosys");
    const Judged result =
        judged(*machine, counter("dut", "posedge clk", "q <= rst ? 0 : en ? q + 4'd1 : q;"));
    INFO(result.check.reason);
    CHECK(result.check.outcome == Outcome::Pass);
    CHECK(result.evidence.samples >= 8'000);
    CHECK(result.check.tool->name == "icarus");
}

TEST_CASE("a design that differs fails with what differs first") {
    const auto machine = test::open_comparing_machine();
    if (!machine) SKIP_VISIBLY("no jail, Icarus or Yosys");
    const std::vector<std::string> wrong = {
        counter("dut", "posedge clk", "if (rst) q <= 0; else if (en) q <= q + 2;"),
        counter("dut", "negedge clk", kGood),
        counter("dut", "posedge clk or posedge rst", kGood),
        counter("dut", "posedge clk", "if (!rst) q <= 0; else if (en) q <= q + 1;"),
        counter("dut", "posedge clk", "if (rst) q <= 0; else q <= q + 1;"),
        counter("dut", "posedge clk", "if (rst) q <= 0; else if (en && q != 14) q <= q + 1;"),
        counter("dut", "posedge clk", "if (rst && en) q <= 0; else if (en) q <= q + 1;"),
        counter("dut", "posedge clk", "if (en) q <= q + 1;"),
    };
    for (const std::string& design : wrong) {
        const Judged result = judged(*machine, design);
        CAPTURE(design, result.check.reason);
        CHECK(result.check.outcome == Outcome::Fail);
        CHECK(result.check.verdict_class == VerdictClass::Mismatch);
        REQUIRE(result.check.mismatch);
        CHECK(result.check.mismatch->signal == "q");
        CHECK(result.check.mismatch->expected.starts_with("4'b"));
        CHECK(result.check.mismatch->cycle);
    }
}

TEST_CASE("ports that aren't the reference's are named") {
    const auto machine = test::open_comparing_machine();
    if (!machine) SKIP_VISIBLY("no jail, Icarus or Yosys");
    const std::vector<std::pair<std::string, std::string>> rows = {
        {"module dut(input clk, input rst, output reg [3:0] q);\nendmodule\n",
         "it has no input en"},
        {"module dut(input clk, input rst, input en, output reg [7:0] q);\nendmodule\n",
         "its output q has 8 bits, not 4"},
        {"module dut(input clk, input rst, input en, input x, output reg [3:0] q);\nendmodule\n",
         "it has an input x that the reference hasn't"},
        {"module dut(input clk, input rst, output en, output reg [3:0] q);\nendmodule\n",
         "its port en is no input"},
    };
    for (const auto& [design, reason] : rows) {
        const Judged result = judged(*machine, design);
        CHECK(result.check.outcome == Outcome::Fail);
        CHECK(result.check.verdict_class == VerdictClass::Interface);
        CHECK(result.check.reason == reason);
    }
}

TEST_CASE("a design that stops the run, hangs it or floods it never passes") {
    const auto machine = test::open_comparing_machine();
    if (!machine) SKIP_VISIBLY("no jail, Icarus or Yosys");
    struct Row {
        std::string body;
        Outcome outcome;
        VerdictClass why;
    };
    const std::vector<Row> rows = {
        {"initial $finish;", Outcome::Unknown, VerdictClass::NoProgress},
        {"initial begin $display(\"@0 end 9\"); $display(\"Mismatches: 0 in 9 samples\"); $finish; "
         "end",
         Outcome::Unknown, VerdictClass::NoProgress},
        {"reg l = 0; initial while (1) l = ~l;", Outcome::Fail, VerdictClass::Timeout},
    };
    for (const Row& row : rows) {
        const std::string design =
            "module dut(input clk, input rst, input en, output reg [3:0] q);\n" + row.body +
            "\nalways @(posedge clk) " + kGood + "\nendmodule\n";
        const Judged result =
            judged(*machine, design, counter("good", "posedge clk", kGood), Trust::Own);
        CAPTURE(row.body, result.check.reason);
        CHECK(result.check.outcome == row.outcome);
        CHECK(result.check.verdict_class == row.why);
    }
}

TEST_CASE("latches, both edges, several clocks and designs without inputs are judged") {
    const auto machine = test::open_comparing_machine();
    if (!machine) SKIP_VISIBLY("no jail, Icarus or Yosys");
    struct Row {
        std::string ports;
        std::string right;
        std::string wrong;
    };
    const std::vector<Row> rows = {
        {"input en, input d, output reg q", "always @* if (en) q = d;",
         "always @* if (!en) q = d;"},
        {"input c, input d, output q",
         "reg p, n; always @(posedge c) p <= d; always @(negedge c) n <= d; assign q = c ? p : n;",
         "reg p, n; always @(posedge c) p <= d; always @(negedge c) n <= d; assign q = c ? n : p;"},
        {"input w, input r, input d, output reg q",
         "reg p; always @(posedge w) p <= d; always @(posedge r) q <= p;",
         "reg p; always @(posedge w) p <= d; always @(posedge w) q <= p;"},
        {"input c, input r, input en, output reg y",
         "reg [14:0] n; always @(posedge c) if (r) {y, n} <= 0; else if (en) {y, n} <= {y, n} + 1;",
         "reg [14:0] n; always @(posedge c) if (r) {y, n} <= 0; else if (en) n <= n + 1;"},
        {"output y", "assign y = 1'b1;", "assign y = 1'b0;"},
        {"input [15:0] a, output y", "assign y = a == 16'h1234;", "assign y = 1'b0;"},
    };
    for (const Row& row : rows) {
        const auto module = [&](const std::string& name, const std::string& body) {
            std::string text = "module " + name;
            text.append("(").append(row.ports).append(");\n").append(body);
            return text.append("\nendmodule\n");
        };
        CAPTURE(row.right);
        CHECK(judged(*machine, module("dut", row.right), module("good", row.right)).check.outcome ==
              Outcome::Pass);
        CHECK(judged(*machine, module("dut", row.wrong), module("good", row.right)).check.outcome ==
              Outcome::Fail);
    }
}

TEST_CASE("a reference that can't be driven from outside leaves it unknown, with the reason") {
    const auto machine = test::open_comparing_machine();
    if (!machine) SKIP_VISIBLY("no jail, Icarus or Yosys");
    const auto module = [](const std::string& name) {
        return "module " + name +
               "(input a, inout io);\n  assign io = a ? 1'b1 : 1'bz;\nendmodule\n";
    };
    const Judged result = judged(*machine, module("dut"), module("good"));
    CHECK(result.check.outcome == Outcome::Unknown);
    CHECK(contains(result.check.reason, "inout port io"));
}

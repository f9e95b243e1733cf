// SPDX-License-Identifier: Apache-2.0
// Designs that are proven equal to their references, designs that differ, and designs that would be
// taken for equal by a proof that is careless, by the real tools.
#include "verify/prove/prove.h"

#include "tests/catch.h"
#include "tests/unit/verify/judge_machine.h"
#include "tests/unit/verify/one_module.h"
#include "verify/prove/replay.h"
#include "verify/prove/yosys_engine.h"

using namespace rtlgen;
using namespace rtlgen::verify;
using test::text_of;

namespace {

const std::string kHead = "(input clk, input rst, input [7:0] a, output reg [7:0] q);\n";

/// A module of that name with the ports of kHead.
std::string with_ports(const std::string& name, const std::string& body) {
    return "module " + name + kHead + body + "\nendmodule\n";
}

std::string reference_of(const std::string& body) { return with_ports("good", body); }
std::string design_of(const std::string& body) { return with_ports("dut", body); }

const std::string kPlain = "always @(posedge clk) if (rst) q <= 0; else q <= a;";
/// Wrong for one value in 256.
const std::string kTrap =
    "always @(posedge clk) if (rst) q <= 0; else q <= a == 8'h5a ? 8'h00 : a;";

ProveResult proven(const test::JudgeMachine& machine, const std::string& design,
                   const std::string& reference = reference_of(kPlain)) {
    const SourceSet dut = text_of(design, "dut");
    const SourceSet good = text_of(reference, "good");
    const auto tools = machine.tools();
    auto prepared = PreparedReference::prepare({good, "1", {}}, tools, {});
    REQUIRE(prepared);
    ProveRequest request{.design = dut, .reference = **prepared, .limits = {}, .budget = {}};
    auto result = check_by_proof(request, tools, {});
    REQUIRE(result);
    INFO(result->check.reason);
    return *std::move(result);
}

std::optional<test::JudgeMachine> machine_with_proof() {
    auto machine = test::open_judge_machine();
    const bool usable =
        machine && machine->has(tools::ToolKind::Icarus) && machine->has(tools::ToolKind::Yosys);
    return usable ? std::move(machine) : std::nullopt;
}

std::string detail(const Check& check, const std::string& key) {
    for (const auto& [name, value] : check.detail) {
        if (name == key) return value;
    }
    return "";
}

}  // namespace

TEST_CASE("a design that is written otherwise is proven equal for all time") {
    const auto machine = machine_with_proof();
    if (!machine) SKIP_VISIBLY("no jail, Icarus or Yosys");
    const ProveResult result =
        proven(*machine, design_of("always @(posedge clk) q <= a & {8{~rst}};"));
    CHECK(result.check.outcome == Outcome::Pass);
    CHECK(detail(result.check, "grade") == "proven");
    CHECK(detail(result.check, "time") == "cycles");
    CHECK_FALSE(detail(result.check, "reference_reader").empty());
    CHECK_FALSE(detail(result.check, "design_reader").empty());
    CHECK(result.assumptions.size() == 4);
}

TEST_CASE("a design that differs for one value in 256 is refuted by values that simulation shows") {
    const auto machine = machine_with_proof();
    if (!machine) SKIP_VISIBLY("no jail, Icarus or Yosys");
    const ProveResult result = proven(*machine, design_of(kTrap));
    CHECK(result.check.outcome == Outcome::Fail);
    CHECK(result.check.verdict_class == VerdictClass::Mismatch);
    REQUIRE(result.counterexample);
    CHECK(result.counterexample->mismatch.signal == "q");
    CHECK(result.counterexample->mismatch.expected == "8'b01011010");
    CHECK(result.counterexample->mismatch.got == "8'b00000000");
    CHECK(result.counterexample->inputs.size() == 3);
    CHECK(result.counterexample->steps.front().size() == 3);
    CHECK(result.counterexample->steps.size() == 2);
}

TEST_CASE("what restricts a proof in a design restricts none") {
    const auto machine = machine_with_proof();
    if (!machine) SKIP_VISIBLY("no jail, Icarus or Yosys");
    const std::string inert = kTrap + " wire w; ";
    const std::string bodies[] = {
        // assumptions
        kTrap + " always @* assume (a != 8'h5a);",
        kTrap + " always @(posedge clk) assume (a != 8'h5a);",
        // nets with two drivers: a[0] and a[1] would be one, 0 and 1 would be one
        inert + "assign w = a[0]; assign w = a[1];", inert + "assign w = 1'b0; assign w = a[1];",
        inert + "assign w = 1'b0; assign w = 1'b1;",
        // equations without a solution, in a net that matters to nobody
        "reg w; always @(a) w = (w === 1'bx) ? 1'b0 : 1'bx;\n"
        "always @(posedge clk) if (rst) q <= 0; else q <= (a == 8'h5a ? 8'h00 : a) ^ {8{w & "
        "1'b0}};",
        // a name of the proof's own
        kTrap + " wire trigger = 0; wire gold_q = 0;"};
    for (const std::string& body : bodies) {
        INFO(body);
        const ProveResult result = proven(*machine, design_of(body));
        INFO(result.check.reason);
        CHECK(result.check.outcome != Outcome::Pass);
    }
}

TEST_CASE("modules of a design's own never meet those of the reference") {
    const auto machine = machine_with_proof();
    if (!machine) SKIP_VISIBLY("no jail, Icarus or Yosys");
    const std::string reference =
        "module part(input [7:0] a, output [7:0] y); assign y = a; endmodule\n" +
        reference_of("wire [7:0] y; part p(a, y); always @(posedge clk) q <= y;");
    const std::string own =
        "module part(input [7:0] a, output [7:0] y); assign y = ~a; endmodule\n";
    const std::string twice = "wire [7:0] y; part p(~a, y); always @(posedge clk) q <= y;";
    CHECK(proven(*machine, own + design_of(twice), reference).check.outcome == Outcome::Pass);
    const std::string once = "wire [7:0] y; part p(a, y); always @(posedge clk) q <= y;";
    CHECK(proven(*machine, own + design_of(once), reference).check.outcome == Outcome::Fail);
    for (const char* name : {"good", "gold", "gate", "miter", "reference", "design"}) {
        INFO(name);
        const std::string again = with_ports(name, "always @* q = 0;") +
                                  design_of("always @(posedge clk) if (rst) q <= 0; else q <= a;");
        CHECK(proven(*machine, again).check.outcome == Outcome::Pass);
    }
}

TEST_CASE("a black box proves nothing") {
    const auto machine = machine_with_proof();
    if (!machine) SKIP_VISIBLY("no jail, Icarus or Yosys");
    const std::string box =
        "(* blackbox *) module part(input [7:0] a, output [7:0] y); endmodule\n";
    const ProveResult result =
        proven(*machine, box + design_of("wire [7:0] y; part p(a, y); always @(posedge clk) "
                                         "if (rst) q <= 0; else q <= y;"));
    CHECK(result.check.outcome == Outcome::Unknown);
}

TEST_CASE("another edge, another clock and a reset that needs a clock are told apart") {
    const auto machine = machine_with_proof();
    if (!machine) SKIP_VISIBLY("no jail, Icarus or Yosys");
    const std::string asynchronous =
        reference_of("always @(posedge clk or posedge rst) if (rst) q <= 0; else q <= a;");
    struct Row {
        std::string design;
        std::string reference;
        Outcome expected;
        std::string time;
    };
    const Row rows[] = {
        {"always @(negedge clk) if (rst) q <= 0; else q <= a;", reference_of(kPlain), Outcome::Fail,
         "samples"},
        {"always @(posedge a[0]) if (rst) q <= 0; else q <= a;", reference_of(kPlain),
         Outcome::Fail, "samples"},
        {kPlain, asynchronous, Outcome::Fail, "events"},
        {"always @(posedge rst or posedge clk) if (rst) q <= 0; else q <= a;", asynchronous,
         Outcome::Pass, "events"},
        // Shows the reset at once, but forgets one that came and went between two edges.
        {"reg [7:0] r; always @(posedge clk) r <= rst ? 8'd0 : a; always @* q = rst ? 8'd0 : r;",
         asynchronous, Outcome::Fail, "events"}};
    for (const Row& row : rows) {
        INFO(row.design);
        const ProveResult result = proven(*machine, design_of(row.design), row.reference);
        INFO(result.check.reason);
        CHECK(result.check.outcome == row.expected);
        CHECK(detail(result.check, "time") == row.time);
    }
}

TEST_CASE("latches, both edges and two clocks are proven sample by sample") {
    const auto machine = machine_with_proof();
    if (!machine) SKIP_VISIBLY("no jail, Icarus or Yosys");
    const std::string bodies[] = {
        "always @* if (clk) q = a;",
        "reg [7:0] p, n; always @(posedge clk) p <= a; always @(negedge clk) n <= a;\n"
        "always @* q = clk ? p : n;",
        "reg [7:0] p; always @(posedge clk) p <= a; always @(posedge rst) q <= p;"};
    for (const std::string& body : bodies) {
        INFO(body);
        const ProveResult result = proven(*machine, design_of(body), reference_of(body));
        INFO(result.check.reason);
        CHECK(result.check.outcome == Outcome::Pass);
        CHECK(detail(result.check, "time") == "samples");
    }
}

TEST_CASE("what no proof can speak of soundly is unknown, with the reason") {
    const auto machine = machine_with_proof();
    if (!machine) SKIP_VISIBLY("no jail, Icarus or Yosys");
    struct Row {
        std::string body;
        std::string reason;
    };
    const Row rows[] = {{"wire c = clk & ~rst; always @(posedge c) q <= a;", "made of logic"},
                        {"always @* q = rst ? 8'bz : a;", "high impedance"},
                        // Never known, so that any design would be equal.
                        {"always @(posedge clk) q <= q + 1;", "become known"}};
    for (const Row& row : rows) {
        INFO(row.body);
        const ProveResult result = proven(*machine, design_of(row.body), reference_of(row.body));
        INFO(result.check.reason);
        CHECK(result.check.outcome == Outcome::Unknown);
        CHECK(result.check.reason.find(row.reason) != std::string::npos);
    }
}

TEST_CASE("ports that are missing, of another width or too many are a difference of interface") {
    const auto machine = machine_with_proof();
    if (!machine) SKIP_VISIBLY("no jail, Icarus or Yosys");
    const std::string texts[] = {
        "module dut(input clk, input rst, input [7:0] a, output reg [6:0] q);\n" + kPlain +
            "\nendmodule\n",
        "module dut(input clk, input [7:0] a, output reg [7:0] q);\nalways @(posedge clk) q <= a;\n"
        "endmodule\n",
        "module dut(input clk, input rst, input en, input [7:0] a, output reg [7:0] q);\n" +
            kPlain + "\nendmodule\n"};
    for (const std::string& text : texts) {
        INFO(text);
        const ProveResult result = proven(*machine, text);
        CHECK(result.check.outcome == Outcome::Fail);
        CHECK(result.check.verdict_class == VerdictClass::Interface);
    }
}

TEST_CASE("where induction doesn't succeed the proof is bounded, with its depth") {
    const auto machine = machine_with_proof();
    if (!machine) SKIP_VISIBLY("no jail, Icarus or Yosys");
    // Equal until a counter that no input moves gets to a thousand.
    const std::string late =
        "reg [9:0] n = 0; always @(posedge clk) begin n <= n + 1;\n"
        "if (rst) q <= 0; else q <= n == 10'd1000 ? 8'h00 : a; end";
    const ProveResult result = proven(*machine, design_of(late));
    INFO(result.check.reason);
    CHECK(result.check.outcome == Outcome::Pass);
    CHECK(detail(result.check, "grade") == "bounded");
    CHECK(result.depth_cycles == std::optional<std::uint64_t>(ProofBudget{}.bounded_steps));
}

TEST_CASE("a next state that isn't complete is read, and a memory too") {
    const auto machine = machine_with_proof();
    if (!machine) SKIP_VISIBLY("no jail, Icarus or Yosys");
    const std::string partial =
        "reg [1:0] s, n; always_comb case (s) 0: n = 1; 1: n = 2; 2: n = 0; endcase\n"
        "always @(posedge clk) if (rst) s <= 0; else s <= n; always @* q = {6'b0, s} ^ a;";
    const ProveResult kept = proven(*machine, design_of(partial), reference_of(partial));
    INFO(kept.check.reason);
    // read_slang makes a latch's loop of it, which is no proof's matter.
    const bool has_loop = kept.check.outcome == Outcome::Unknown &&
                          contains(kept.check.reason, "feeds itself without a register");
    CHECK((kept.check.outcome == Outcome::Pass || has_loop));
    const std::string memory =
        "reg [7:0] m [0:3]; always @(posedge clk) begin if (rst) m[a[1:0]] <= a; q <= m[a[3:2]]; "
        "end";
    const ProveResult stored = proven(*machine, design_of(memory), reference_of(memory));
    INFO(stored.check.reason);
    CHECK(stored.check.outcome == Outcome::Pass);
}

TEST_CASE("a counterexample counts only where simulation shows it") {
    const auto machine = machine_with_proof();
    if (!machine) SKIP_VISIBLY("no jail, Icarus or Yosys");
    /// Says that two designs differ where they don't.
    class Liar : public ProofEngine {
    public:
        Result<std::vector<Proof>> prove(const ProofTask&, const std::stop_token&) override {
            Proof proof;
            proof.end = ProofEnd::Differs;
            proof.model = TimeModel::Cycles;
            proof.clocks = {{"clk", false}};
            proof.steps = {{{"rst", "0"}, {"a", "00000001"}}, {{"rst", "0"}, {"a", "00000010"}}};
            return std::vector<Proof>{proof};
        }
    };
    const SourceSet dut = text_of(design_of(kPlain), "dut");
    const SourceSet good = text_of(reference_of(kPlain), "good");
    const auto tools = machine->tools();
    auto prepared = PreparedReference::prepare({good, "1", {}}, tools, {});
    REQUIRE(prepared);
    Liar liar;
    auto result = check_by_proof(
        {.design = dut, .reference = **prepared, .limits = {}, .budget = {}}, liar, tools, {});
    REQUIRE(result);
    CHECK(result->check.outcome == Outcome::Unknown);
    CHECK(result->check.reason.find("doesn't differ in simulation") != std::string::npos);
    CHECK_FALSE(result->counterexample);
}

TEST_CASE("a tool that crashes on everything is to blame, one that crashes on a design isn't") {
    const auto machine = machine_with_proof();
    if (!machine) SKIP_VISIBLY("no jail, Icarus or Yosys");
    class Crashing : public ProofEngine {
    public:
        explicit Crashing(bool always) : always_(always) {}
        Result<std::vector<Proof>> prove(const ProofTask& task, const std::stop_token&) override {
            ++asked;
            Proof proof;
            const bool control = task.designs.front()->top == "control";
            proof.end = control && !always_ ? ProofEnd::Proven : ProofEnd::Broke;
            return std::vector<Proof>{proof};
        }
        int asked = 0;

    private:
        bool always_;
    };
    const SourceSet dut = text_of(design_of(kPlain), "dut");
    const auto tools = machine->tools();
    const SourceSet good = text_of(reference_of(kPlain), "good");
    auto prepared = PreparedReference::prepare({good, "1", {}}, tools, {});
    REQUIRE(prepared);
    for (const bool always : {false, true}) {
        Crashing engine(always);
        auto result =
            check_by_proof({.design = dut, .reference = **prepared, .limits = {}, .budget = {}},
                           engine, tools, {});
        REQUIRE(result);
        CHECK(engine.asked == 3);
        CHECK(result->check.outcome == (always ? Outcome::ToolError : Outcome::Unknown));
    }
}

TEST_CASE(
    "the judge proves and simulates beside it, and off, auto and require mean what they say") {
    const auto machine = machine_with_proof();
    if (!machine) SKIP_VISIBLY("no jail, Icarus or Yosys");
    using Prove = JudgeRequest::Prove;
    JudgeRequest request;
    request.candidate = text_of(design_of(kPlain), "dut");
    request.reference = text_of(reference_of(kPlain), "good");
    struct Row {
        Prove prove;
        Grade grade;
        std::vector<std::string> checks;
    };
    const Row rows[] = {
        {Prove::Off, Grade::Tested, {"gate", "compile", "lint", "simulate"}},
        {Prove::Auto, Grade::Proven, {"gate", "compile", "lint", "prove", "simulate"}},
        {Prove::Require, Grade::Proven, {"gate", "compile", "lint", "prove", "simulate"}}};
    for (const Row& row : rows) {
        request.prove = row.prove;
        auto verdict = judge(request, machine->tools(), {});
        REQUIRE(verdict);
        CHECK(verdict->outcome == Outcome::Pass);
        CHECK(verdict->grade == row.grade);
        CHECK(verdict->evidence.assumptions.empty() == (row.grade == Grade::Tested));
        CHECK(verdict->evidence.samples >= 2'000);
        std::vector<std::string> names;
        for (const Check& check : verdict->checks) names.push_back(check.name);
        CHECK(names == row.checks);
    }
    // What can't be proven is no pass where a proof is required.
    request.prove = Prove::Require;
    request.candidate.files[0].text =
        design_of("wire c = clk & 1'b1 | clk & a[0]; always @(posedge c) q <= rst ? 0 : a;");
    auto verdict = judge(request, machine->tools(), {});
    REQUIRE(verdict);
    CHECK(verdict->outcome == Outcome::Unknown);
    request.prove = Prove::Auto;
    verdict = judge(request, machine->tools(), {});
    REQUIRE(verdict);
    CHECK(verdict->outcome == Outcome::Pass);
    CHECK(verdict->grade == Grade::Tested);
}

TEST_CASE("a trap that 2,000 samples miss is a failure by proof, with its counterexample") {
    const auto machine = machine_with_proof();
    if (!machine) SKIP_VISIBLY("no jail, Icarus or Yosys");
    const std::string head = "(input clk, input [31:0] a, output reg [31:0] q);\n";
    JudgeRequest request;
    request.candidate = text_of("module dut" + head +
                                    "always @(posedge clk) q <= (a * 32'd2654435761) == "
                                    "32'hdeadbeef ? 0 : a;\nendmodule\n",
                                "dut");
    request.reference =
        text_of("module good" + head + "always @(posedge clk) q <= a;\nendmodule\n", "good");
    auto verdict = judge(request, machine->tools(), {});
    REQUIRE(verdict);
    CHECK(verdict->outcome == Outcome::Fail);
    CHECK(verdict->verdict_class == VerdictClass::Mismatch);
    REQUIRE(verdict->counterexample);
    CHECK(verdict->counterexample->mismatch.got == "32'b" + std::string(32, '0'));
    request.prove = JudgeRequest::Prove::Off;
    verdict = judge(request, machine->tools(), {});
    REQUIRE(verdict);
    CHECK(verdict->outcome == Outcome::Pass);
}

// SPDX-License-Identifier: Apache-2.0
// One text for all tools, made by the real preprocessors in the jail.
#include "verify/preprocess.h"

#include <algorithm>

#include "tests/catch.h"
#include "tests/unit/verify/judge_machine.h"

using namespace rtlgen;
using namespace rtlgen::verify;

namespace {

SourceSet set_of(std::vector<SourceFile> files) {
    SourceSet set;
    set.files = std::move(files);
    return set;
}

SourceSet text_of(const std::string& text) { return set_of({{"candidate.sv", {}, text}}); }

struct Told {
    std::string text;  ///< of the first file
    Outcome outcome = Outcome::ToolError;
    VerdictClass why = VerdictClass::None;
    std::string finding;  ///< "RULE:LINE" of the first one
    std::string tool;
};

Told told(const test::JudgeMachine& machine, const SourceSet& set, const tools::Toolset& toolset) {
    const auto made = preprocess(set, toolset, *machine.runner, {});
    if (!made) return {made.error().text(), {}, {}, "error", ""};
    std::string finding;
    if (!made->findings.empty()) {
        finding = made->findings[0].rule + ":" + std::to_string(made->findings[0].line);
    }
    return {made->set.files.front().text, made->outcome, made->verdict_class, finding,
            made->tool.name};
}

Told told(const test::JudgeMachine& machine, const std::string& text) {
    return told(machine, text_of(text), machine.toolset);
}

/// The machine's tools of one kind.
tools::Toolset only(const test::JudgeMachine& machine, tools::ToolKind kind) {
    tools::Toolset toolset;
    for (const tools::Tool* tool : machine.toolset.all(kind)) toolset.tools.push_back(*tool);
    return toolset;
}

}  // namespace

TEST_CASE("a text without macros needs no tool, one with macros does") {
    const auto machine = test::open_judge_machine();
    if (!machine) SKIP_VISIBLY("no jail");
    CHECK(told(*machine, text_of("module m; // c\nendmodule\n"), {}).text ==
          "module m;\nendmodule\n");
    CHECK(told(*machine, text_of("`define A\nmodule m; endmodule\n"), {}).finding == "error");
}

TEST_CASE("a text with a NUL is refused, wherever it stands: no file of text has one") {
    const auto machine = test::open_judge_machine();
    if (!machine) SKIP_VISIBLY("there is no jail");
    std::string text = "module m; // x\nendmodule\n";
    text[text.find('x')] = '\0';
    const Told made = told(*machine, text_of(text), machine->toolset);
    CHECK(made.outcome == Outcome::Fail);
    CHECK(made.why == VerdictClass::Forbidden);
    CHECK(made.finding == "gate/bad-byte:0");
}

TEST_CASE("every preprocessor gives the same words on the same lines") {
    const auto machine = test::open_judge_machine();
    if (!machine) SKIP_VISIBLY("no jail");
    const std::string text =
        "`define W 8\n`define MAX(a, b) \\\n  ((a) > (b) ? (a) \\\n  : (b))\n"
        "module m(input [`W-1:0] a, output [`W-1:0] y); // text\n"
        "assign y = `MAX(a,\n  8'd3);\n`ifdef NOT_THERE\nforbidden\n`else\nwire here;\n`endif\n"
        "endmodule\n";
    int asked = 0;
    for (const tools::ToolKind kind : {tools::ToolKind::Icarus, tools::ToolKind::Verilator}) {
        if (!machine->has(kind)) continue;
        ++asked;
        const Told made = told(*machine, text_of(text), only(*machine, kind));
        CAPTURE(made.tool, made.text);
        CHECK(made.outcome == Outcome::Pass);
        std::string words;
        std::ranges::copy_if(made.text, std::back_inserter(words), [](char c) { return c != ' '; });
        CHECK(words ==
              "\n\n\n\nmodulem(input[8-1:0]a,output[8-1:0]y);\nassigny=\n"
              "((a)>(8'd3)?(a):(8'd3));\n\n\n\nwirehere;\n\nendmodule\n");
    }
    if (asked == 0) SKIP_VISIBLY("no preprocessor");
}

TEST_CASE("no tool's name is a macro: there is one text for all") {
    const auto machine = test::open_judge_machine();
    if (!machine || !machine->has(tools::ToolKind::Icarus)) SKIP_VISIBLY("no jail or Icarus");
    for (const tools::ToolKind kind : {tools::ToolKind::Icarus, tools::ToolKind::Verilator}) {
        if (!machine->has(kind)) continue;
        for (const char* name : {"__ICARUS__", "VERILATOR", "verilator", "SYNTHESIS", "YOSYS"}) {
            const std::string text =
                "`ifdef " + std::string(name) + "\nseen\n`else\nnot_seen\n`endif\n";
            const auto made = preprocess(text_of(text), only(*machine, kind), *machine->runner, {});
            REQUIRE(made);
            CAPTURE(name, made->tool.name);
            CHECK(made->set.files[0].text == "\n\n\nnot_seen\n");
            CHECK(made->notes.size() == (std::string(name) == "verilator" ? 0 : 1));
        }
    }
}

TEST_CASE("files of a candidate include each other, and nothing else") {
    const auto machine = test::open_judge_machine();
    if (!machine || !machine->has(tools::ToolKind::Icarus)) SKIP_VISIBLY("no jail or Icarus");
    const SourceFile defs{"defs.vh", {}, "`define W 4\n"};
    const Told own =
        told(*machine,
             set_of({{"m.sv", {}, "`include \"defs.vh\"\nmodule m(input [`W-1:0] a);\nendmodule\n"},
                     defs}),
             machine->toolset);
    CHECK(own.text == "\nmodule m(input [4-1:0] a);\nendmodule\n");
    for (const char* name :
         {"\"/etc/passwd\"", "\"other.vh\"", "<defs.vh>", "`W", "\"../defs.vh\""}) {
        const Told made =
            told(*machine, set_of({{"m.sv", {}, "\n`include " + std::string(name) + "\n"}, defs}),
                 machine->toolset);
        CAPTURE(name, made.text);
        CHECK(made.outcome == Outcome::Fail);
        CHECK(made.why == VerdictClass::Forbidden);
        CHECK(made.finding == "gate/include:2");
    }
}

TEST_CASE("what no preprocessor takes is named with its line") {
    const auto machine = test::open_judge_machine();
    if (!machine || !machine->has(tools::ToolKind::Icarus)) SKIP_VISIBLY("no jail or Icarus");
    for (const char* text :
         {"module m;\nwire a = `NONE;\nendmodule\n", "module m; endmodule\n`ifdef A\n",
          "`define F(a) a\nassign y = `F(1, 2);\n"}) {
        const Told made = told(*machine, text);
        CAPTURE(text, made.finding);
        CHECK(made.outcome == Outcome::Fail);
        CHECK(made.why == VerdictClass::Syntax);
        CHECK(!made.finding.empty());
    }
    CHECK(told(*machine, "`line 3 \"tb.sv\" 0\nmodule m; endmodule\n").why ==
          VerdictClass::Forbidden);
}

TEST_CASE("a text that grows without end is the design's fault, and soon over") {
    const auto machine = test::open_judge_machine();
    if (!machine || !machine->has(tools::ToolKind::Icarus)) SKIP_VISIBLY("no jail or Icarus");
    std::string bomb = "`define A0 wire w;\n";
    for (int i = 1; i < 40; ++i) {
        const std::string inner = "`A" + std::to_string(i - 1);
        bomb += "`define A" + std::to_string(i) + " " + inner + " " + inner + "\n";
    }
    const Told made = told(*machine, bomb + "module m; `A39 endmodule\n");
    CAPTURE(made.finding);
    CHECK(made.outcome == Outcome::Fail);
    CHECK(made.why == VerdictClass::ResourceLimit);
    CHECK(made.finding.starts_with("preprocess/no-end"));
}

TEST_CASE("gate, tools and messages share the preprocessed text and the user's lines") {
    const auto machine = test::open_judge_machine();
    if (!machine || !machine->has(tools::ToolKind::Icarus)) SKIP_VISIBLY("no jail or Icarus");
    const auto judged = [&](const std::string& text) {
        JudgeRequest request;
        request.trust = Trust::Candidate;
        request.candidate = text_of(text);
        request.candidate.top = "m";
        return judge(request, machine->tools(), {});
    };
    // A word that only the preprocessed text has.
    const auto hidden = judged(
        "`define CAT(a, b) a``b\nmodule m;\n\ninitial $`CAT(fin,ish);\n"
        "endmodule\n");
    REQUIRE(hidden);
    CHECK(hidden->outcome == Outcome::Fail);
    const auto pasted = judged(
        "`define CALL(x) $``x\nmodule m;\n\ninitial `CALL(finish);\n"
        "endmodule\n");
    REQUIRE(pasted);
    CHECK(pasted->outcome == Outcome::Fail);
    const auto fine = judged(
        "`define CAT(a, b) a``b\nmodule m(input a, output y);\n"
        "assign y = ~`CAT(a,);\nendmodule\n");
    REQUIRE(fine);
    CHECK(fine->outcome == Outcome::Pass);
    const auto broken = judged(
        "`define ADD(a) a + \\\n 1 + \\\n 2\nmodule m(output [3:0] y);\n"
        "assign y = `ADD(1);\n\nassign z = ;\nendmodule\n");
    REQUIRE(broken);
    CHECK(broken->verdict_class == VerdictClass::Syntax);
    REQUIRE(!broken->findings.empty());
    CHECK(broken->findings[0].file == "candidate.sv");
    CHECK(broken->findings[0].line == 7);
}

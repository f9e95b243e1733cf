// SPDX-License-Identifier: Apache-2.0
// Shapes in which language models hand over Verilog, one row each.
#include "core/rtl/code_extraction.h"

#include "core/rtl/fences.h"
#include "core/rtl/module_header.h"
#include "core/rtl/token_hash.h"
#include "tests/catch.h"

using namespace rtlgen;
using namespace rtlgen::rtl;

namespace {

using Names = std::vector<std::string>;

const std::string kA = "module a(input x, output y);\n  assign y = ~x;\nendmodule\n";
const std::string kB = "module b(input x, output y);\n  a u(x, y);\nendmodule\n";
const std::string kTop = "module TopModule (\n  input x,\n  output y\n);";
const std::string kBody = "  assign y = x;\nendmodule\n";

Extraction extract(std::string_view completion, const std::string& interface_text = {},
                   const std::string& finish_reason = "stop") {
    ExtractionRequest request;
    request.completion = completion;
    request.interface_text = interface_text;
    request.finish_reason = finish_reason;
    return extract_code(request);
}

std::string fenced(const std::string& code, const std::string& label = "verilog") {
    return "```" + label + "\n" + code + "```\n";
}

/// Equal but for comments and white space.
bool same_code(const std::string& a, const std::string& b) {
    return token_hash(a) == token_hash(b);
}

}  // namespace

TEST_CASE("a module is found in every shape that models give it") {
    struct Row {
        std::string shape;
        std::string completion;
        std::string how;
        std::string code;
    };
    const std::vector<Row> rows = {
        {"the code alone", kA, "bare", kA},
        {"a verilog fence", "Here it is:\n" + fenced(kA) + "Enjoy.", "fence", kA},
        {"a systemverilog fence", fenced(kA, "systemverilog"), "fence", kA},
        {"an sv fence", fenced(kA, "sv"), "fence", kA},
        {"a v fence", fenced(kA, "v"), "fence", kA},
        {"an upper-case label", fenced(kA, "Verilog"), "fence", kA},
        {"a label with a title", fenced(kA, "verilog title=\"a.v\""), "fence", kA},
        {"a fence without a label", fenced(kA, ""), "fence", kA},
        {"a wrong label", fenced(kA, "python"), "fence", kA},
        {"tildes", "~~~verilog\n" + kA + "~~~\n", "fence", kA},
        {"four backquotes", "````verilog\n" + kA + "````\n", "fence", kA},
        {"an indented fence", "1. So:\n   ```verilog\n" + kA + "   ```\n", "fence", kA},
        {"CRLF", "```verilog\r\nmodule a;\r\nendmodule\r\n```\r\n", "fence", "module a; endmodule"},
        {"code behind the label", "```verilog module a; endmodule\n```", "fence",
         "module a; endmodule"},
        {"all on one line", "```verilog module a; endmodule ```", "fence", "module a; endmodule"},
        {"module as the label", "```module a(input x);\nendmodule\n```", "fence",
         "module a(input x); endmodule"},
        {"a closing fence behind the code", "```verilog\nmodule a;\nendmodule```\nDone.", "fence",
         "module a; endmodule"},
        {"a shell fence before it", fenced("iverilog a.v\n", "bash") + fenced(kA), "fence", kA},
        {"two fences with a module each", fenced(kA) + "and\n" + fenced(kB), "fences", kA + kB},
        {"a fence in quotes", "> ```verilog\n" + kA + "> ```\n", "fence", kA},
        {"BEGIN and DONE", "[BEGIN]\n" + kA + "[DONE]\n", "begin-done/bare", kA},
        {"a fence in BEGIN and DONE", "[BEGIN]\n" + fenced(kA) + "[DONE]", "begin-done/fence", kA},
        {"BEGIN said by the prompt", kA + "[DONE]\nmodule junk; endmodule", "begin-done/bare", kA},
        {"the marks in prose as well", "I use [BEGIN] and [DONE].\n[BEGIN]\n" + kA + "[DONE]",
         "begin-done/bare", kA},
        {"the marks in prose alone", "Without [BEGIN] and [DONE]:\n" + fenced(kA), "fence", kA},
        {"an answer", "<answer>\n" + kA + "</answer>", "answer/bare", kA},
        {"a fence in an answer", "So.\n<answer>" + fenced(kA) + "</answer>", "answer/fence", kA},
        {"code markers", "CODE BEGIN\n" + kA + "CODE END\n", "code-markers/bare", kA},
        {"code markers in comments", "// CODE BEGIN\n" + kA + "// CODE END\n", "code-markers/bare",
         kA},
        {"a code element", "<code>\n" + kA + "</code>", "code-markers/bare", kA},
        {"prose around bare code", "The module don't \"wait:\n\n" + kA + "\nThis module a works.",
         "bare", kA},
        {"prose between bare modules", kA + "\nNow the second; module b:\n\n" + kB, "bare",
         kA + kB},
        {"a label and prose behind endmodule", "module a;\nendmodule : a // end\nThat's it", "bare",
         "module a; endmodule : a"},
        {"directives above bare code", "Sure!\n`timescale 1ns/1ps\n`define W 8\n" + kA, "bare",
         "`timescale 1ns/1ps\n`define W 8\n" + kA},
        {"a guard around bare code", "Sure!\n`ifndef A\n`define A\n" + kA + "`endif\nBye.", "bare",
         "`ifndef A\n`define A\n" + kA + "`endif\n"},
        {"a package above a module", "Hi\npackage p; endpackage\n" + kA, "bare",
         "package p; endpackage " + kA},
        {"a typedef above a module", "Hi.\n\ntypedef enum {\n  X,\n  Y } t;\n" + kA, "bare",
         "typedef enum { X, Y } t; " + kA},
        {"a function above a module",
         "Hi.\n\nfunction f(input x);\n  begin\n    f = x;\n  end\nendfunction\n" + kA, "bare",
         "function f(input x); begin f = x; end endfunction " + kA},
        {"reasoning before it", "<think>maybe module z; endmodule</think>\n" + fenced(kA), "fence",
         kA},
        {"reasoning opened by the prompt",
         "first ```verilog\nmodule z; endmodule\n```</think>" + fenced(kA), "fence", kA},
        {"an end mark of a chat template", kA + "<|im_end|>\nmodule junk; endmodule", "bare", kA},
        {"a later version of the same module",
         fenced("module a(input x, output y);\n  assign y = x;\nendmodule\n") + "Wait:\n" +
             fenced(kA),
         "fences", kA},
        {"a later version of one of two", fenced(kA + "module b; endmodule\n") + fenced(kB),
         "fences", kA + kB},
        {"a testbench behind it", fenced(kA) + fenced("module tb; reg x; a u(x, y); endmodule\n"),
         "fences", kA},
    };
    for (const Row& row : rows) {
        CAPTURE(row.shape);
        const Extraction result = extract(row.completion);
        CHECK(result.how == row.how);
        CHECK(result.verdict_class == VerdictClass::None);
        CAPTURE(result.code);
        CHECK(same_code(result.code, row.code));
        CHECK(result.code.ends_with('\n'));
    }
}

TEST_CASE("a body alone gets the wanted header") {
    const std::vector<std::pair<std::string, std::string>> rows = {
        {kBody, "body"},
        {"Sure, the body is:\n\n" + kBody + "\nIt works.", "body"},
        {fenced(kBody), "fence/body"},
        {"[BEGIN]\n" + kBody + "[DONE]", "begin-done/body"},
        {"[BEGIN]\n" + fenced(kBody) + "[DONE]", "begin-done/fence/body"}};
    for (const auto& [completion, how] : rows) {
        CAPTURE(completion);
        const Extraction result = extract(completion, kTop);
        CHECK(result.how == how);
        CAPTURE(result.code);
        CHECK(same_code(result.code, kTop + kBody));
        CHECK(result.verdict_class == VerdictClass::None);
    }
    const Extraction helped = extract("  a u(x, y);\n  assign z = y;\nendmodule\n\n" + kA, kTop);
    Names names;
    for (const DesignUnit& unit : read_outline(helped.code).units)
        names.push_back(unit.header.name);
    CHECK(names == Names{"TopModule", "a"});
}

TEST_CASE("a whole module counts more than the wanted header") {
    const std::string whole = kTop + "\n" + kBody;
    CHECK(same_code(extract(fenced(whole), kTop).code, whole));
    CHECK(same_code(extract(whole, kTop).code, whole));
    CHECK(extract(whole, kTop).how == "bare");
}

TEST_CASE("a missing endmodule is added where the text is whole, else it is truncated") {
    const std::string cut = "module a(input x, output y);\n  assign y = ~x;\n";
    const Extraction whole = extract(cut);
    CHECK(whole.verdict_class == VerdictClass::None);
    CHECK(same_code(whole.code, kA));
    CHECK(whole.problems == Names{"endmodule of a was missing and is added"});
    const Extraction length = extract(cut, {}, "length");
    CHECK(length.verdict_class == VerdictClass::Truncated);
    CHECK(same_code(length.code, cut));
    const Extraction middle =
        extract("```verilog\nmodule a(input x);\n always @(posedge x) begin\n q <= ");
    CHECK(middle.verdict_class == VerdictClass::Truncated);
    CHECK(middle.problems.size() == 2);
    CHECK(extract("module a(input x,", {}, "max_tokens").verdict_class == VerdictClass::Truncated);
    const Extraction body = extract("  assign y = x;\n", kTop);
    CHECK(same_code(body.code, kTop + kBody));
}

TEST_CASE("an open fence is read to its code's end") {
    const Extraction result = extract("```verilog\n" + kA + "\nThis code inverts x.\n");
    CHECK(same_code(result.code, kA));
    CHECK(result.problems == Names{"a fence isn't closed"});
}

TEST_CASE("a fence that begins within another one closes it") {
    const Extraction result = extract("```verilog\n" + kA + "```verilog\n" + kB + "```\n");
    CHECK(same_code(result.code, kA + kB));
}

TEST_CASE("what was left out is said") {
    const Extraction twice = extract(kA + kA);
    CHECK(twice.problems == Names{"module a stands there twice: one was left out"});
    const Extraction bench = extract(kA + "module tb; a u(); endmodule\n");
    CHECK(bench.problems == Names{"testbench tb was left out"});
}

TEST_CASE("a cut version doesn't replace a whole one") {
    const Extraction result = extract(
        fenced(kA) + "Better:\n```verilog\nmodule a(input x, output y);\n assign", {}, "length");
    CHECK(same_code(result.code, kA));
}

TEST_CASE("a wanted top without ports is no testbench") {
    ExtractionRequest request;
    const std::string text = "module top; a u(); endmodule\nmodule a; endmodule\n";
    request.completion = text;
    request.top = "top";
    CHECK(same_code(extract_code(request).code, text));
}

TEST_CASE("no code, a refusal, a cut text and an empty one are told apart") {
    CHECK(extract("A module is a block of hardware; it has ports.").verdict_class ==
          VerdictClass::NoCode);
    CHECK(extract("The module that you want (a counter) can't be built;").code.empty());
    CHECK(extract("I'm sorry, but I can't help with that.").verdict_class == VerdictClass::Refused);
    CHECK(extract("No.", {}, "content_filter").verdict_class == VerdictClass::Refused);
    CHECK(extract("Let me think about", {}, "length").verdict_class == VerdictClass::Truncated);
    CHECK(extract("").problems == Names{"the completion is empty"});
    const Extraction thinking = extract("<think>module a; endmodule");
    CHECK(thinking.verdict_class == VerdictClass::NoCode);
    CHECK(thinking.problems == Names{"the completion is reasoning alone, without an answer"});
    CHECK(extract("Use `assign y = x;` in your code.").verdict_class == VerdictClass::NoCode);
}

TEST_CASE("an apology before code is no refusal") {
    CHECK(extract("I'm sorry for the mistake.\n" + fenced(kA)).verdict_class == VerdictClass::None);
}

TEST_CASE("fenced blocks have labels and contents") {
    const auto blocks = fenced_blocks("x\n```Verilog foo\na\n```\n~~~\nb\n```\n~~~\n```c\nd");
    REQUIRE(blocks.size() == 3);
    CHECK(blocks[0] == FencedBlock{"verilog", "a\n", true});
    CHECK(blocks[1] == FencedBlock{"", "b\n```\n", true});
    CHECK(blocks[2] == FencedBlock{"c", "d", false});
}

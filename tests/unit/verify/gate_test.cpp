// SPDX-License-Identifier: Apache-2.0
#include "verify/gate.h"

#include "tests/catch.h"

using namespace rtlgen;
using namespace rtlgen::verify;

namespace {

std::vector<Finding> gate(std::string text, Trust trust = Trust::Candidate) {
    SourceSet set;
    set.files = {{"candidate.sv", {}, std::move(text)}};
    return run_gate({set, trust, {"RefModule", "tb"}, {"tb", "good1"}, {"OK"}});
}

std::string rules(const std::vector<Finding>& findings) {
    std::string text;
    for (const Finding& finding : findings) {
        text += (text.empty() ? "" : " ") + finding.rule + ":" + std::to_string(finding.line);
    }
    return text;
}

}  // namespace

TEST_CASE("the gate names what a candidate may not say, and where") {
    const struct {
        std::string text;
        std::string expected;
    } table[] = {
        {"module m;\ninitial $finish;\nendmodule", "gate/system-task:2"},
        {"module m; initial $display(\"Mismatches: 0 in 9 samples\"); endmodule",
         "gate/system-task:1"},
        {"`define F $finish\nmodule m; initial `F; endmodule", "gate/system-task:1"},
        {"`define P(a,b) a``b\nmodule m; endmodule", "gate/token-paste:1"},
        {"`include \"/etc/passwd\"\nmodule m; endmodule", "gate/directive:1"},
        {"import \"DPI-C\" function int system(string s);", "gate/dpi:1"},
        {"bind tb evil e();", "gate/keyword:1"},
        {"module m; initial force tb.q = 1; endmodule", "gate/keyword:1 gate/outside-name:1"},
        {"module m(output q);\nassign q = good1.q;\nendmodule", "gate/outside-name:2"},
        {"module a; wire good1; endmodule\nmodule m(output q); assign q = good1.q; endmodule",
         "gate/outside-name:2"},
        {"module RefModule; endmodule", "gate/reserved-module:1"},
        {"module \\RefModule ; endmodule", "gate/reserved-module:1"},
        {"module m; endmodule module m; endmodule", "gate/duplicate-module:1"},
        {"module m; endmodule /* open", "gate/unterminated:1"},
        {"`line 1 \"tb.sv\" 0\nmodule m; endmodule", "gate/directive:1"},
        {"module m;\nparameter P = \"\"\" \" \"\"\"; initial $finish; //\";\nendmodule",
         "gate/string:2 gate/string:2"},
        {"module \\$sub (input A); endmodule", "gate/tool-name:1"},
        {"module m;\ninitial \\$finish ;\nendmodule", "gate/tool-name:2"},
        {"module m;\nwire \\x\b;initial$finish;wire\\y ;\nendmodule", "gate/bad-byte:2"},
        {"(* keep, blackbox = 1 *) module m; endmodule", "gate/attribute:1"},
        {"module m;\n(* anyconst *) reg c;\nrand reg d;\nendmodule",
         "gate/attribute:2 gate/keyword:3"},
        {"module m; endmodule\n`pragma protect\n", "gate/directive:2"},
        {"module m; initial $root.tb.x = 1; endmodule", "gate/system-task:1"},
        {"`define S(x) $\nmodule m; final `S(1)display(\"a\"); endmodule", "gate/token-paste:1"},
        {"`define S $\nmodule m; endmodule", "gate/token-paste:1"},
        {"`define Q [$\n]\nmodule m; endmodule", "gate/token-paste:1"},
        {"`define I(x) x\nmodule m; initial `I(for)ce q = 1; endmodule", "gate/macro:2"},
        {"`define R rce\nmodule m; initial fo`R q = 1; endmodule", "gate/macro:2"},
        {"`define T me\nmodule m; always @* `T.errors = 0; me me(); endmodule",
         "gate/outside-name:2"},
        {"`define I(x) x\nmodule m; wire a; always @* `I(a).errors = 0; endmodule",
         "gate/outside-name:2"},
        {"`define T tb\nmodule m; endmodule", "gate/outside-name:1"},
        {"`define E .errors\nmodule m; always @* tb `E = 0; endmodule",
         "gate/outside-name:1 gate/outside-name:2"},
        {"`define E .errors\n`define I(x) x\nmodule m; always @* `I(tb) `E = 0; endmodule",
         "gate/outside-name:1 gate/outside-name:3"},
        {"module m; function f(input tb); f = tb; endfunction\nalways @* tb.errors = 0; endmodule",
         "gate/outside-name:2"},
        {"module m; function f(input good1); f = good1; endfunction\nassign y = good1.y; endmodule",
         "gate/outside-name:2"},
        {"`ifdef OK\nmodule m; endmodule\n`endif", "gate/condition:1"},
        {"`ifdef ELSEWHERE\nmodule m; endmodule\n`endif", "gate/condition:1"},
        {"`ifdef SYNTHESIS\n`elsif OK\n`endif\nmodule m; endmodule", "gate/condition:2"},
        {"`define OK\n`ifdef OK\nmodule m; endmodule\n`endif", "gate/condition:2"},
    };
    for (const auto& row : table) {
        INFO(row.text);
        CHECK(rules(gate(row.text)).starts_with(row.expected));
    }
}

TEST_CASE("names of a testbench's blocks, tasks and functions are kept from candidates") {
    SourceSet bench;
    bench.files = {{"tb.v",
                    {},
                    "module tb;\nalways @* begin : tally integer wrong; end\n"
                    "task automatic forgive(input x); endtask\n"
                    "function [7:0] sum; input a; sum = a; endfunction\nendmodule\n"}};
    for (const std::string name : {"tally", "forgive", "sum", "tb"}) {
        SourceSet design;
        design.files = {{"m.v",
                         {},
                         "module m; function f(input " + name + "); endfunction\ninitial " + name +
                             ".x = 1; endmodule\n"}};
        GateRequest request{design, Trust::Candidate, {}, {}, {}};
        CHECK(rules(run_gate(request)).empty());
        reserve_names(request, bench);
        CHECK(rules(run_gate(request)) == "gate/outside-name:2");
    }
}

TEST_CASE("what honest designs say passes the gate") {
    for (const std::string text : {
             "module m(input [3:0] a, output [7:0] y); assign y = $signed(a) + $clog2(8); "
             "endmodule",
             "`timescale 1ns/1ps\n`default_nettype none\nmodule m; endmodule",
             "package p; typedef struct packed {logic a;} s; endpackage\n"
             "module m import p::*; (input s x, output y); assign y = x.a; endmodule",
             "module sub(input a); endmodule module m(input a); sub u(.a(a)); sub v(.a); endmodule",
             "module m; // $finish in a comment\nendmodule",
             "module m; wire x; sub u(); assign x = u.q; endmodule",
             "`ifndef M_V\n`define M_V\nmodule m; endmodule\n`endif",
             "`define W 8\n`ifdef W\nmodule m(input [`W-1:0] a); endmodule\n`endif",
             "`ifndef SYNTHESIS\n`endif\nmodule m; endmodule",
             "module m; int q[$]; assign y = q[$-1]; property p; a ##[1:$] b; endproperty "
             "endmodule",
             "`define MAX(a,b) ((a)>(b)?(a):(b))\nmodule m; wire y = `MAX(1, 2); wire [3:0] z = "
             "{1'b0, 3'd`MAX(1,2)}; endmodule",
             "interface i; logic a; modport m(input a); endinterface\n"
             "module m(i.m b, output y); assign y = b.a; endmodule",
         }) {
        INFO(text);
        CHECK(rules(gate(text)).empty());
    }
}

TEST_CASE("a person's own design keeps its freedom") {
    CHECK(gate("module m; initial $finish; endmodule", Trust::Own).empty());
}

TEST_CASE("a top's name that a tool's script could run is refused") {
    SourceSet set;
    set.top = "top; shell rm";
    CHECK(rules(run_gate({set, Trust::Own, {}, {}, {}})) == "gate/name:0");
}

TEST_CASE("a candidate of many megabytes is refused before it is read") {
    CHECK(rules(gate(std::string(5U << 20U, ' '))) == "gate/size:0");
}

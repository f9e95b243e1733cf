// SPDX-License-Identifier: Apache-2.0
// attack: is_a_black_box
// class: split
// does: Says that it is a black box, so that synthesis has nothing to look at.
// must not: pass as a netlist.
// speed: quick
// ways: agree netlist synth
// may not pass: netlist/candidate
(* blackbox *)
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    reg [7:0] held;
    always @* if (a[0]) held = b;
    always @(posedge clk) q <= rst ? 8'd0 : a + b + held - held;
endmodule

// SPDX-License-Identifier: Apache-2.0
// attack: has_a_black_box_inside
// class: split
// does: A part of it is a black box for synthesis, and holds the latches.
// must not: pass as a netlist.
// speed: fast
// ways: agree netlist synth
// may not pass: netlist/candidate
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    wire [7:0] held;
    Holds holds(.en(a[0]), .d(b), .y(held));
    always @(posedge clk) q <= rst ? 8'd0 : a + b + held - held;
endmodule
(* blackbox *)
module Holds(input en, input [7:0] d, output reg [7:0] y);
    always @* if (en) y = d;
endmodule

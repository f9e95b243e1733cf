// SPDX-License-Identifier: Apache-2.0
// attack: says_another_is_the_top
// class: split
// does: An attribute says that a decoy is the top.
// must not: pass as a netlist.
// speed: fast
// ways: agree netlist
// may not pass: netlist/candidate
(* top *)
module Decoy(input x, output y);
    assign y = ~x;
endmodule
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    reg [7:0] held;
    always @* if (a[0]) held = b;
    always @(posedge clk) q <= rst ? 8'd0 : a + b + held - held;
endmodule

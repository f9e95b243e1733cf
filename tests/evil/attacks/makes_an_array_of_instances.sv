// SPDX-License-Identifier: Apache-2.0
// attack: makes_an_array_of_instances
// class: limits
// does: An array of 2^24 instances.
// must not: take all memory.
// speed: slow
// ways: bench netlist
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    Leaf leaves [16777215:0] (.x(a[0]));
endmodule
module Leaf(input x);
    reg r;
    always @(posedge x) r <= ~r;
endmodule

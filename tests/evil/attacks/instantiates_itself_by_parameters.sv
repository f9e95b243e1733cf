// SPDX-License-Identifier: Apache-2.0
// attack: instantiates_itself_by_parameters
// class: limits
// does: A module that instantiates a copy of itself with another parameter, without end.
// must not: go on without end.
// speed: slow
// ways: bench netlist
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    Deeper #(1) deeper();
endmodule
module Deeper #(parameter N = 0);
    Deeper #(N + 1) deeper();
endmodule

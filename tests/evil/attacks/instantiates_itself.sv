// SPDX-License-Identifier: Apache-2.0
// attack: instantiates_itself
// class: limits
// does: A module that instantiates itself.
// must not: go on without end.
// speed: fast
// ways: bench netlist synth
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    TopModule again(.clk(clk), .rst(rst), .a(a), .b(b), .q());
endmodule

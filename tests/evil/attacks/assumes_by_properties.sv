// SPDX-License-Identifier: Apache-2.0
// attack: assumes_by_properties
// class: split
// does: Assumes by properties and restrictions.
// must not: be proven.
// speed: fast
// ways: bench reference prove netlist synth
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    assume property (@(posedge clk) 1'b0);
    restrict property (@(posedge clk) rst);
    always @(posedge clk) assume (a == 8'd0 && b == 8'd0);
endmodule

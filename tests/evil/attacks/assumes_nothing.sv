// SPDX-License-Identifier: Apache-2.0
// attack: assumes_nothing
// class: split
// does: Assumes what is never true, so that every proof succeeds.
// must not: be proven.
// speed: fast
// ways: bench reference prove netlist synth
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    always @* assume (1'b0);
endmodule

// SPDX-License-Identifier: Apache-2.0
// attack: repeats_a_constant
// class: limits
// does: Replicates a bit 2^30 times in a constant.
// must not: take all memory.
// speed: slow
// ways: bench netlist synth
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    localparam Wide = {1073741824{1'b1}};
    wire [7:0] low = Wide[7:0];
endmodule

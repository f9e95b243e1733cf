// SPDX-License-Identifier: Apache-2.0
// attack: wide_vector
// class: limits
// does: A register of 2^30 bits.
// must not: take all memory.
// speed: slow
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    reg [1073741823:0] wide;
    always @(posedge clk) wide <= ~wide;
endmodule

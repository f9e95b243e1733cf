// SPDX-License-Identifier: Apache-2.0
// attack: macro_doubles
// class: limits
// does: Macros of macros: 8^10 terms.
// must not: take all memory.
// speed: slow
`define m0 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1
`define m1 `m0 + `m0 + `m0 + `m0 + `m0 + `m0 + `m0 + `m0
`define m2 `m1 + `m1 + `m1 + `m1 + `m1 + `m1 + `m1 + `m1
`define m3 `m2 + `m2 + `m2 + `m2 + `m2 + `m2 + `m2 + `m2
`define m4 `m3 + `m3 + `m3 + `m3 + `m3 + `m3 + `m3 + `m3
`define m5 `m4 + `m4 + `m4 + `m4 + `m4 + `m4 + `m4 + `m4
`define m6 `m5 + `m5 + `m5 + `m5 + `m5 + `m5 + `m5 + `m5
`define m7 `m6 + `m6 + `m6 + `m6 + `m6 + `m6 + `m6 + `m6
`define m8 `m7 + `m7 + `m7 + `m7 + `m7 + `m7 + `m7 + `m7
`define m9 `m8 + `m8 + `m8 + `m8 + `m8 + `m8 + `m8 + `m8
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    wire [31:0] sum = `m9;
endmodule

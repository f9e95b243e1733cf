// SPDX-License-Identifier: Apache-2.0
// attack: nests_macros
// class: limits
// does: Macros that call each other forty deep and wide.
// must not: take all memory.
// speed: slow
// ways: bench netlist
`define w0(x) x
`define w1(x) `w0(`w0(x)) + `w0(x)
`define w2(x) `w1(`w1(x)) + `w1(x)
`define w3(x) `w2(`w2(x)) + `w2(x)
`define w4(x) `w3(`w3(x)) + `w3(x)
`define w5(x) `w4(`w4(x)) + `w4(x)
`define w6(x) `w5(`w5(x)) + `w5(x)
`define w7(x) `w6(`w6(x)) + `w6(x)
`define w8(x) `w7(`w7(x)) + `w7(x)
`define w9(x) `w8(`w8(x)) + `w8(x)
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    wire [31:0] n = `w9(`w9(`w9(1)));
endmodule

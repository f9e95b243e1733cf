// SPDX-License-Identifier: Apache-2.0
// attack: shifts_a_constant
// class: limits
// does: A constant of 2^31 bits by a shift and a power.
// must not: take all memory.
// speed: slow
// ways: bench netlist synth
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    wire [7:0] p = (4096'd3 ** 4096'd99999999) >> 2;
    wire [7:0] s = 64'd1 << 2147483647;
    localparam [65535:0] P = 65536'd7 ** 65535;
    wire [7:0] t = P[7:0];
endmodule

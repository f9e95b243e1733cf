// SPDX-License-Identifier: Apache-2.0
// attack: shifts_a_wide_number
// class: limits
// does: Shifts of 65,536 bits by 65,536 bits.
// must not: take all memory.
// speed: slow
// ways: synth netlist
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    reg [65535:0] n, d;
    always @(posedge clk) n <= {n, a} << d;
    always @(posedge clk) d <= {d, b} >> n;
endmodule

// SPDX-License-Identifier: Apache-2.0
// attack: huge_memory
// class: limits
// does: Declares a memory of 8 GiB.
// must not: take all memory.
// speed: slow
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    reg [63:0] memory [0:1073741823];
    always @(posedge clk) memory[a] <= b;
endmodule

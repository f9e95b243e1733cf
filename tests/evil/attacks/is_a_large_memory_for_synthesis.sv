// SPDX-License-Identifier: Apache-2.0
// attack: is_a_large_memory_for_synthesis
// class: limits
// does: A memory that is read at many places, and cleared by a loop.
// must not: take all memory.
// speed: slow
// ways: netlist synth
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    reg [31:0] memory [0:262143];
    integer i;
    always @(posedge clk)
        if (rst) for (i = 0; i < 262144; i = i + 1) memory[i] <= 0;
        else memory[{a, b}] <= memory[{b, a}] + memory[{a, a}];
endmodule

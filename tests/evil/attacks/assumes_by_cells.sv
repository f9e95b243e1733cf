// SPDX-License-Identifier: Apache-2.0
// attack: assumes_by_cells
// class: split
// does: Assumes by Yosys's own cells.
// must not: be proven.
// speed: fast
// ways: bench reference prove netlist synth
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    \$assume never(.A(1'b0), .EN(1'b1));
endmodule
module \$assume (input A, input EN);
endmodule

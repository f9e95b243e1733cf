// SPDX-License-Identifier: Apache-2.0
// attack: is_a_cell_of_the_tool
// class: split
// does: Names a module as one of Yosys's own cells, which does something else.
// must not: pass as the netlist of what was simulated.
// speed: quick
// ways: agree prove
module \$sub (input [7:0] A, input [7:0] B, output [7:0] Y);
    parameter A_SIGNED = 0, B_SIGNED = 0, A_WIDTH = 8, B_WIDTH = 8, Y_WIDTH = 8;
    assign Y = A + B;
endmodule
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    wire [7:0] sum;
    \$sub #(.A_WIDTH(8), .B_WIDTH(8), .Y_WIDTH(8)) one(.A(a), .B(b), .Y(sum));
    always @(posedge clk) q <= rst ? 8'd0 : sum;
endmodule

// SPDX-License-Identifier: Apache-2.0
// attack: has_a_hidden_back_door
// class: forge
// does: An input more than the reference has, whose declaration is hard to read.
// must not: pass.
// speed: fast
// ways: reference
`define PORT(x) input x
module TopModule(clk, rst, a, b, q, door);
    input clk, rst;
    input [7:0] a, b;
    output [7:0] q;
    reg [7:0] q;
    `PORT(door);
    always @(posedge clk) q <= rst ? 8'd0 : door === 1'b1 ? 8'd0 : a + b;
endmodule

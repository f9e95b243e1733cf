// SPDX-License-Identifier: Apache-2.0
// attack: has_a_wider_output
// class: forge
// does: An output of more bits, whose width a reader of headers can not tell.
// must not: pass.
// speed: quick
// ways: reference
module TopModule #(parameter W = 8, parameter X = (W * 3) >> 1)(
    input clk, input rst, input [7:0] a, input [7:0] b, output reg [$bits(a) + X - 9:0] q);
    always @(posedge clk) q <= rst ? 12'd0 : {4'hF, a + b};
endmodule

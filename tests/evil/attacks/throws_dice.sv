// SPDX-License-Identifier: Apache-2.0
// attack: throws_dice
// class: rare
// does: Wrong by chance.
// must not: pass.
// speed: fast
// ways: reference prove
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : $random % 997 == 0 || $urandom_range(999) == 0 ? 8'd1 : a + b;
endmodule

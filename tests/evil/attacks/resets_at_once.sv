// SPDX-License-Identifier: Apache-2.0
// attack: resets_at_once
// class: rare
// does: Right, with a reset that waits for no clock.
// must not: pass.
// speed: fast
// ways: reference prove
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk or posedge rst) if (rst) q <= 8'd0; else q <= a + b;
endmodule

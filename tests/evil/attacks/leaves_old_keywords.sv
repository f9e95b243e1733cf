// SPDX-License-Identifier: Apache-2.0
// attack: leaves_old_keywords
// class: forge
// does: Leaves the keywords of 1995 to the files that follow.
// must not: pass.
// speed: fast
`begin_keywords "1364-1995"
`default_nettype none
`timescale 1fs/1fs
`celldefine
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
endmodule

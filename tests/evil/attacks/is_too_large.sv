// SPDX-License-Identifier: Apache-2.0
// attack: is_too_large
// class: limits
// does: Five megabytes of comments.
// must not: be read.
// speed: fast
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
<<100000*/* 0123456789012345678901234567890123456789 */
>>endmodule

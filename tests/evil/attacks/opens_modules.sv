// SPDX-License-Identifier: Apache-2.0
// attack: opens_modules
// class: limits
// does: A hundred thousand modules that are never closed, each with a dotted name.
// must not: take long.
// speed: quick
// ways: bench
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
endmodule
<<100000*module m(); assign x.y = 1;
>>

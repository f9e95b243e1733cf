// SPDX-License-Identifier: Apache-2.0
// attack: hides_behind_other_bytes
// class: forge
// does: Control bytes and bytes that are no ASCII may end a name.
// must not: hide code.
// speed: fast
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    wire \a<<chr 1>>;initial@(clk)$finish;wire\s ;
    wire \b<<chr 7>>;initial@(clk)$finish;wire\t ;
    wire \c<<chr 28>>;initial@(clk)$finish;wire\u ;
    wire \d<<chr 127>>;initial@(clk)$finish;wire\v ;
    wire \e<<chr 128>>;initial@(clk)$finish;wire\w ;
    wire \f<<chr 160>>;initial@(clk)$finish;wire\x ;
    wire \g<<chr 194>>;initial@(clk)$finish;wire\y ;
    wire \h<<chr 255>>;initial@(clk)$finish;wire\z ;
endmodule

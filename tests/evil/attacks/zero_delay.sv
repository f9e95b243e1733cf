// SPDX-License-Identifier: Apache-2.0
// attack: zero_delay
// class: limits
// does: A loop that never lets time go on.
// must not: run beyond its limit.
// speed: quick
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    reg t = 0;
    initial forever #0 t = ~t;
endmodule

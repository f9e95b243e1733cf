// SPDX-License-Identifier: Apache-2.0
// attack: loops_combinationally
// class: limits
// does: A ring of inverters without a delay.
// must not: run beyond its limit.
// speed: fast
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    wire ring;
    assign #0 ring = ~ring;
    reg kick = 1;
    wire other = kick ? ~other : 1'b0;
endmodule

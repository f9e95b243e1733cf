// SPDX-License-Identifier: Apache-2.0
// attack: races_with_the_sample
// class: rare
// does: Races with whoever looks, at time 0 and at each edge.
// must not: pass.
// speed: fast
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q = rst ? 8'd0 : a + b;
    always @(negedge clk) #0 #0 q = q ^ 8'd1;
    initial q <= #0 8'd0;
endmodule

// SPDX-License-Identifier: Apache-2.0
// The right design, which judges alone.
module RefModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a + b;
endmodule

// SPDX-License-Identifier: Apache-2.0
// attack: floods
// class: limits
// does: Prints without end.
// must not: fill memory or disk.
// speed: quick
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    initial forever $display("flood flood flood flood flood flood flood flood flood flood");
endmodule

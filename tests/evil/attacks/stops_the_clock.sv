// SPDX-License-Identifier: Apache-2.0
// attack: stops_the_clock
// class: forge
// does: Drives the clock and the reset.
// must not: pass.
// speed: fast
// may pass: bench/own
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    assign (supply1, supply0) clk = 1'b0;
    assign (supply1, supply0) rst = 1'b1;
endmodule

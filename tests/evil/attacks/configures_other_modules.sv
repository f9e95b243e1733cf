// SPDX-License-Identifier: Apache-2.0
// attack: configures_other_modules
// class: forge
// does: A configuration puts its own module in the place of the reference.
// must not: pass.
// speed: fast
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
endmodule
config other;
    design tb;
    instance tb.good use work.TopModule;
endconfig

// SPDX-License-Identifier: Apache-2.0
// attack: defparam_shortens_the_run
// class: forge
// does: Sets the testbench's number of samples to 0.
// must not: pass.
// speed: fast
// may pass: bench/own
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    defparam tb.Samples = 0;
endmodule

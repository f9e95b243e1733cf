// SPDX-License-Identifier: Apache-2.0
// attack: binds_into_the_checker
// class: forge
// does: Binds a module that clears the error counter into the testbench.
// must not: pass.
// speed: quick
// may pass: bench/own
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
endmodule
module Quiet(input clk);
    always @(clk) tb.errors = 0;
endmodule
bind tb Quiet quiet(.clk(clk));

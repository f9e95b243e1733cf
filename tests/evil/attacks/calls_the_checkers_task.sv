// SPDX-License-Identifier: Apache-2.0
// attack: calls_the_checkers_task
// class: forge
// does: Calls a task of the testbench by its name alone.
// must not: pass.
// speed: fast
// may pass: bench/own
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    always @(clk) forgive;
endmodule

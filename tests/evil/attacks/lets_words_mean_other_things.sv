// SPDX-License-Identifier: Apache-2.0
// attack: lets_words_mean_other_things
// class: forge
// does: Lets, types and parameters of the compilation unit take words of the testbench.
// must not: pass.
// speed: fast
let errors = 0;
typedef integer samples;
localparam Samples = 1;
localparam expected = 0;
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
endmodule

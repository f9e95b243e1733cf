// SPDX-License-Identifier: Apache-2.0
// attack: nests_the_reference
// class: forge
// does: Defines the reference within its own module.
// must not: pass.
// speed: fast
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    module RefModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
        always @(posedge clk) q <= rst ? 8'd0 : a - b;
    endmodule
endmodule

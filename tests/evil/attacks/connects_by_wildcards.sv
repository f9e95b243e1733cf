// SPDX-License-Identifier: Apache-2.0
// attack: connects_by_wildcards
// class: forge
// does: Connects instances of its own by wildcards to names that are not there.
// must not: pass.
// speed: fast
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    Inner inner(.*);
endmodule
module Inner(input clk, input [7:0] expected, input [31:0] errors, output [7:0] q);
    assign q = expected;
endmodule

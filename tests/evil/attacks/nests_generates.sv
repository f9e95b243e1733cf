// SPDX-License-Identifier: Apache-2.0
// attack: nests_generates
// class: limits
// does: Thousands of generate blocks within each other.
// must not: break the reader.
// speed: fast
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    generate
<<20000*if (1) begin >>
    wire deep = 1;
<<20000*end >>
    endgenerate
endmodule

// SPDX-License-Identifier: Apache-2.0
// attack: nests_blocks
// class: limits
// does: A hundred thousand blocks within each other.
// must not: break the reader.
// speed: fast
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    always @* begin
<<100000*begin >>
<<100000*end >>
    end
endmodule

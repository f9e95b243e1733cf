// SPDX-License-Identifier: Apache-2.0
// attack: grows_an_array
// class: limits
// does: Makes arrays of the largest size.
// must not: take all memory.
// speed: fast
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    int table_of [];
    int by_name [int];
    int i;
    initial begin
        table_of = new[2147483647];
        for (i = 0; i >= 0; i = i + 1) by_name[i] = i;
    end
endmodule

// SPDX-License-Identifier: Apache-2.0
// attack: is_a_primitive
// class: rare
// does: Computes by primitives that treat an unknown value as they like.
// must not: pass.
// speed: fast
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    wire [7:0] sum;
    Odd odd [7:0] (sum, a, b);
    always @(posedge clk) q <= rst ? 8'd0 : sum;
endmodule
primitive Odd(y, a, b);
    output y;
    input a, b;
    table
        0 0 : 0;
        0 1 : 1;
        1 0 : 1;
        1 1 : 0;
        x ? : 0;
        ? x : 0;
    endtable
endprimitive

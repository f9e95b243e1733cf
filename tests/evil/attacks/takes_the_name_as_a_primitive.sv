// SPDX-License-Identifier: Apache-2.0
// attack: takes_the_name_as_a_primitive
// class: forge
// does: Gives a primitive the reference's name.
// must not: pass.
// speed: quick
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
endmodule
primitive RefModule(q, a);
    output q;
    input a;
    table
        0 : 0;
        1 : 1;
    endtable
endprimitive

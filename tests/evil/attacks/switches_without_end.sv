// SPDX-License-Identifier: Apache-2.0
// attack: switches_without_end
// class: limits
// does: A case of a hundred thousand branches.
// must not: take long.
// speed: slow
// ways: bench netlist synth
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    reg [7:0] n;
    always @* case ({a, b, q})
<<100000*        24'd5: n = a;
>>        default: n = b;
    endcase
endmodule

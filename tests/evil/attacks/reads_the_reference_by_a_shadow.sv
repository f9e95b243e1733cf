// SPDX-License-Identifier: Apache-2.0
// attack: class forge; tools all; never-pass candidate; speed fast; must not: pass as a candidate.
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    function shadow(input tb);  // makes `tb` a name of this module, though not where it is used
        shadow = tb;
    endfunction
    always @* q = tb.expected;
endmodule

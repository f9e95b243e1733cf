// SPDX-License-Identifier: Apache-2.0
// attack: reads_the_reference_by_a_shadow
// class: forge
// does: Reads the reference's output; a function's argument makes the name look like its own.
// must not: pass.
// speed: quick
// may pass: bench/own
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    function shadow(input tb);  // makes `tb` a name of this module, though not where it is used
        shadow = tb;
    endfunction
    always @* q = tb.expected;
endmodule

// SPDX-License-Identifier: Apache-2.0
// attack: reads_a_block_upwards
// class: forge
// does: Writes into a named block of the testbench; an argument makes the name look like its own.
// must not: pass.
// speed: quick
// may pass: bench/own
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    function shadow(input tally);
        shadow = tally;
    endfunction
    always @(clk) tally.wrong = 0;
endmodule

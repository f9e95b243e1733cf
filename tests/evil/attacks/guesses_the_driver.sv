// SPDX-License-Identifier: Apache-2.0
// attack: guesses_the_driver
// class: forge
// does: Names the driver and what is in it.
// must not: pass.
// speed: quick
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    function shadow(input rtlgen_drive_0000000000000000);
        shadow = 0;
    endfunction
    always @(clk) rtlgen_drive_0000000000000000.row_0000000000000000 = 0;
endmodule

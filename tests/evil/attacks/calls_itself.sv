// SPDX-License-Identifier: Apache-2.0
// attack: calls_itself
// class: limits
// does: A function calls itself without end.
// must not: take all memory.
// speed: slow
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    function automatic [31:0] down(input [31:0] n);
        down = down(n + 1) + 1;
    endfunction
    initial $display("%0d", down(0));
endmodule

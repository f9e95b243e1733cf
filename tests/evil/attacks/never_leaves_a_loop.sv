// SPDX-License-Identifier: Apache-2.0
// attack: never_leaves_a_loop
// class: limits
// does: A loop in a function that never ends, for one value alone.
// must not: run beyond its limit.
// speed: fast
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    function [7:0] turn(input [7:0] x);
        begin
            turn = x;
            while (turn == x) turn = x;
        end
    endfunction
    always @(posedge clk) if (a == 8'd26 || a[0]) q <= turn(a);
endmodule

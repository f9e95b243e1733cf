// SPDX-License-Identifier: Apache-2.0
// attack: constant_loop
// class: limits
// does: A constant function never comes back.
// must not: go on without end.
// speed: slow
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    function integer spin(input integer n);
        begin
            spin = 0;
            while (spin >= 0) spin = (spin + 1) % 1000;
        end
    endfunction
    localparam integer Never = spin(1);
    wire [Never:0] unused;
endmodule

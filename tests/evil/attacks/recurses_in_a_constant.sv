// SPDX-License-Identifier: Apache-2.0
// attack: recurses_in_a_constant
// class: limits
// does: A constant function that calls itself without end.
// must not: go on without end.
// speed: slow
// ways: bench netlist
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    function automatic integer down(input integer n);
        down = n < 0 ? 0 : down(n + 1);
    endfunction
    localparam integer Never = down(1);
    wire [Never & 1:0] w;
endmodule

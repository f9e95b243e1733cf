// SPDX-License-Identifier: Apache-2.0
// attack: counts_in_circles
// class: limits
// does: A generate loop whose count comes round.
// must not: go on without end.
// speed: slow
// ways: bench netlist
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    genvar i;
    generate
        for (i = 0; i < 8; i = i) begin : circle
            wire w;
        end
    endgenerate
endmodule

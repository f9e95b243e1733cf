// SPDX-License-Identifier: Apache-2.0
// attack: endless_generate
// class: limits
// does: A generate loop of 2^28 turns.
// must not: go on without end.
// speed: slow
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    genvar i;
    generate
        for (i = 0; i < 1 << 28; i = i + 1) begin : copy
            reg r;
            always @(posedge clk) r <= ~r;
        end
    endgenerate
endmodule

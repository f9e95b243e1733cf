// SPDX-License-Identifier: Apache-2.0
// attack: schedules_without_end
// class: limits
// does: Schedules events far ahead without end.
// must not: take all memory.
// speed: fast
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    reg [31:0] n = 0;
    initial forever begin
        n = n + 1;
        q <= #(n) 8'd0;
    end
endmodule

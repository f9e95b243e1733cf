// SPDX-License-Identifier: Apache-2.0
// attack: is_weak
// class: forge
// does: Its outputs are weak, for others to overdrive.
// must not: pass.
// speed: fast
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output tri [7:0] q);
    assign (pull1, pull0) q = r;
    reg [7:0] r;
    always @(posedge clk) r <= rst ? 8'd0 : a - b;
endmodule

// SPDX-License-Identifier: Apache-2.0
// attack: asks_for_arguments
// class: leak
// does: Prints the arguments of its simulator.
// must not: tell a secret.
// speed: fast
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    reg [8*80:1] text;
    initial begin
        if ($value$plusargs("key=%s", text)) $display("%0s", text);
        if ($test$plusargs("canary")) $display("there is one");
    end
endmodule

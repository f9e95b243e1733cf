// SPDX-License-Identifier: Apache-2.0
// attack: grows_a_queue
// class: limits
// does: Puts without end into a queue and a string.
// must not: take all memory.
// speed: fast
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    int queue [$];
    string text = "x";
    initial forever begin
        queue.push_back(1);
        text = {text, text};
    end
endmodule

// SPDX-License-Identifier: Apache-2.0
// attack: stops_first
// class: forge
// does: Stops for a person to type at the simulator.
// must not: wait for a person.
// speed: fast
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    initial $stop;
endmodule

// SPDX-License-Identifier: Apache-2.0
// attack: opens_conditions
// class: limits
// does: A hundred thousand conditions that are never closed.
// must not: break the reader.
// speed: fast
// ways: bench netlist
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
endmodule
<<100000*`ifdef TopModule
>>

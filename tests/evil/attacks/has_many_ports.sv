// SPDX-License-Identifier: Apache-2.0
// attack: has_many_ports
// class: limits
// does: A hundred thousand ports.
// must not: take long.
// speed: fast
// ways: bench reference
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q
<<100000*, input [7:0] p>>);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;
endmodule

// SPDX-License-Identifier: Apache-2.0
// attack: has_wide_ports
// class: limits
// does: Ports of millions of bits.
// must not: take all memory.
// speed: slow
// ways: bench reference netlist
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q,
                 output [9999999:0] wide);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;
    assign wide = {10000000{a[0]}};
endmodule

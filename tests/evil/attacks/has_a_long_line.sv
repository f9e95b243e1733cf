// SPDX-License-Identifier: Apache-2.0
// attack: has_a_long_line
// class: limits
// does: Its code is one line of three million bytes.
// must not: take long.
// speed: slow
// ways: bench netlist synth
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    wire [7:0] n = 0 <<500000* + 1>>;
endmodule

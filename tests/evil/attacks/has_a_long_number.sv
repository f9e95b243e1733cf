// SPDX-License-Identifier: Apache-2.0
// attack: has_a_long_number
// class: limits
// does: A number of a million digits.
// must not: take long.
// speed: slow
// ways: bench netlist synth
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    wire [7:0] n = <<1000000*9>>;
    wire [3999999:0] h = 4000000'h<<1000000*f>>;
endmodule

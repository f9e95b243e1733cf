// SPDX-License-Identifier: Apache-2.0
// attack: class forge; tools yosys; never-pass own candidate; speed fast; must not: make a tool end in success.
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    import "DPI-C" function integer _exit(input integer code);
    localparam integer Gone = _exit(0);
    wire [Gone:0] unused;
endmodule

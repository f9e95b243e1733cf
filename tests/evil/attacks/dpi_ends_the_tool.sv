// SPDX-License-Identifier: Apache-2.0
// attack: dpi_ends_the_tool
// class: forge
// does: Ends the tool with exit code 0 from a constant of Yosys's.
// must not: make a tool end in success.
// speed: fast
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    import "DPI-C" function integer _exit(input integer code);
    localparam integer Gone = _exit(0);
    wire [Gone:0] unused;
endmodule

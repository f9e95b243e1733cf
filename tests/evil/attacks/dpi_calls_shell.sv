// SPDX-License-Identifier: Apache-2.0
// attack: dpi_calls_shell
// class: escape
// does: Imports `system` and calls a shell.
// must not: run a program.
// speed: quick
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    import "DPI-C" function int system(input string command);
    initial if (system("echo owned > @OUT@/dpi") != 0) $display("no");
endmodule

// SPDX-License-Identifier: Apache-2.0
// attack: dpi_reads_variable
// class: leak
// does: Imports `getenv` and prints a variable of the environment.
// must not: tell a variable of the environment.
// speed: fast
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    import "DPI-C" function string getenv(input string name);
    initial $display("%s", getenv("RTLGEN_EVIL_SECRET"));
endmodule

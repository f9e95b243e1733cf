// SPDX-License-Identifier: Apache-2.0
// attack: dpi_in_a_package
// class: escape
// does: Imports `system` in a package and calls it through that.
// must not: run a program.
// speed: fast
package Foreign;
    import "DPI-C" function int system(input string command);
endpackage
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    initial if (Foreign::system("echo owned > @OUT@/package") != 0) $display("no");
endmodule

// SPDX-License-Identifier: Apache-2.0
// attack: dpi_by_the_old_name
// class: escape
// does: Imports `unlink` by the older form "DPI", with a name of its own.
// must not: remove a file.
// speed: fast
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    import "DPI" context c_unlink = function int away(input string path);
    import "DPI-C" unlink = function int gone(input string path);
    initial if (gone("@HOME@/.profile") == 0) $display("gone");
endmodule

// SPDX-License-Identifier: Apache-2.0
// attack: appends_to_startup_file
// class: escape
// does: Appends a line to the user's startup file.
// must not: change a file of the user.
// speed: quick
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    integer f;
    initial begin
        f = $fopen("@HOME@/.profile", "a");
        if (f != 0) $fdisplay(f, "owned");
    end
endmodule

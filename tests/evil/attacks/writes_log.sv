// SPDX-License-Identifier: Apache-2.0
// attack: writes_log
// class: escape
// does: Opens a file outside for writing.
// must not: make a file outside.
// speed: quick
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    integer f;
    initial begin
        f = $fopen("@OUT@/log", "w");
        if (f != 0) $fdisplay(f, "owned");
    end
endmodule

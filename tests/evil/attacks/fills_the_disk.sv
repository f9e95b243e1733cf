// SPDX-License-Identifier: Apache-2.0
// attack: fills_the_disk
// class: limits
// does: Writes a file without end.
// must not: fill the disk.
// speed: quick
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    integer f;
    initial begin
        f = $fopen("fill", "w");
        forever $fdisplay(f, "0123456789012345678901234567890123456789012345678901234567890123");
    end
endmodule

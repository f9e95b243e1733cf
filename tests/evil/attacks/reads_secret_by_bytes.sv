// SPDX-License-Identifier: Apache-2.0
// attack: reads_secret_by_bytes
// class: leak
// does: Reads a secret of the user byte by byte.
// must not: tell a secret.
// speed: quick
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    integer f, c;
    initial begin
        f = $fopen("@HOME@/.secret", "r");
        if (f != 0) begin
            c = $fgetc(f);
            while (c != -1) begin
                $write("%c", c);
                c = $fgetc(f);
            end
        end
    end
endmodule

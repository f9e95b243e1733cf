// SPDX-License-Identifier: Apache-2.0
// attack: reads_lines_of_a_secret
// class: leak
// does: Reads a secret by lines, and by $fread as a memory.
// must not: tell a secret.
// speed: fast
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    integer f, n;
    reg [8*80:1] line;
    reg [7:0] bytes [0:63];
    initial begin
        f = $fopen("@HOME@/.secret", "rb");
        n = $fgets(line, f);
        $display("%0s", line);
        n = $rewind(f);
        n = $fread(bytes, f);
        for (n = 0; n < 64; n = n + 1) $write("%c", bytes[n]);
    end
endmodule

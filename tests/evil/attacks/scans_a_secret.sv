// SPDX-License-Identifier: Apache-2.0
// attack: scans_a_secret
// class: leak
// does: Reads a secret by a format.
// must not: tell a secret.
// speed: fast
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    integer f, n;
    reg [8*80:1] word;
    initial begin
        f = $fopen("@HOME@/.secret", "r");
        n = $fscanf(f, "%s", word);
        $display("<%0s>", word);
    end
endmodule

// SPDX-License-Identifier: Apache-2.0
// attack: loads_secret_as_memory
// class: leak
// does: Reads a key as a memory image and prints it.
// must not: tell a secret.
// speed: fast
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    reg [7:0] secret [0:63];
    integer i;
    initial begin
        $readmemh("@HOME@/key.hex", secret);
        for (i = 0; i < 64; i = i + 1) $display("%h", secret[i]);
    end
endmodule

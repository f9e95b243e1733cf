// SPDX-License-Identifier: Apache-2.0
// attack: puts_a_secret_into_the_netlist
// class: leak
// does: A memory image of a key becomes constants of the netlist.
// must not: tell a secret.
// speed: fast
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    reg [7:0] rom [0:15];
    initial $readmemh("@HOME@/key.hex", rom);
    wire [7:0] word = rom[a[3:0]];
    always @(negedge clk) q <= word;
endmodule

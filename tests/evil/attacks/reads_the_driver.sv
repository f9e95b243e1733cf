// SPDX-License-Identifier: Apache-2.0
// attack: reads_the_driver
// class: forge
// does: Reads the driver's file for its word, and prints a trace.
// must not: pass.
// speed: fast
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    integer f, n;
    reg [8*400:1] line;
    initial begin
        f = $fopen("src/f0.sv", "r");
        while (f != 0 && !$feof(f)) begin
            n = $fgets(line, f);
            if (n != 0) $write("%0s", line);
        end
        $display("@ end 1");
        #1 $finish;
    end
endmodule

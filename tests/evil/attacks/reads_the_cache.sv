// SPDX-License-Identifier: Apache-2.0
// attack: reads_the_cache
// class: leak
// does: Looks for the keys and answers that other jobs may have left in the cache.
// must not: read the cache.
// speed: quick
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    integer f;
    reg [8*80:1] line;
    initial begin
        f = $fopen("@CACHE@/planted", "r");
        if (f != 0) f = $fgets(line, f);
        $display("%0s", line);
    end
endmodule

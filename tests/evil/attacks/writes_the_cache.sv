// SPDX-License-Identifier: Apache-2.0
// attack: writes_the_cache
// class: escape
// does: Puts a file of its own into the cache.
// must not: change the cache.
// speed: quick
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    integer f;
    initial begin
        f = $fopen("@CACHE@/planted", "a");
        if (f != 0) $fdisplay(f, "owned");
        f = $fopen("@CACHE@/poison", "w");
        if (f != 0) $fdisplay(f, "owned");
    end
endmodule

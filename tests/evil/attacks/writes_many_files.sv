// SPDX-License-Identifier: Apache-2.0
// attack: writes_many_files
// class: limits
// does: Opens files without end.
// must not: fill the disk.
// speed: fast
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    integer f, i;
    reg [8*32:1] name;
    initial for (i = 0; i < 1000000; i = i + 1) begin
        $sformat(name, "file%0d", i);
        f = $fopen(name, "w");
        if (f != 0) $fclose(f);
    end
endmodule

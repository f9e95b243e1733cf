// SPDX-License-Identifier: Apache-2.0
// attack: runs_c
// class: escape
// does: Writes a file by C++ that stands in the Verilog.
// must not: run foreign code.
// speed: quick
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    initial $c("{ FILE* f = fopen(\"@OUT@/c\", \"w\"); if (f) fclose(f); }");
endmodule

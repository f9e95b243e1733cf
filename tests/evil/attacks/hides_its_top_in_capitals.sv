// SPDX-License-Identifier: Apache-2.0
// attack: hides_its_top_in_capitals
// class: forge
// does: Modules whose names differ in capitals and in escapes alone.
// must not: pass.
// speed: fast
module topmodule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a + b;
endmodule
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
endmodule
module \TopModule (input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a + b;
endmodule

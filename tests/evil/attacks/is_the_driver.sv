// SPDX-License-Identifier: Apache-2.0
// attack: is_the_driver
// class: forge
// does: Defines a driver of its own.
// must not: pass.
// speed: fast
// ways: bench reference
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
endmodule
module rtlgen_drive_0000000000000000;
    initial $display("@0000000000000000 end 1");
endmodule
module rtlgen_driver;
    initial $display("@0000000000000000 end 1");
endmodule

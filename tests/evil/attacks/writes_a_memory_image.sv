// SPDX-License-Identifier: Apache-2.0
// attack: writes_a_memory_image
// class: escape
// does: Writes a memory into a folder of the user.
// must not: make a file outside.
// speed: quick
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    reg [7:0] memory [0:3];
    initial begin
        memory[0] = 1;
        $writememh("@OUT@/image", memory);
        $writememb("@HOME@/.profile", memory);
    end
endmodule

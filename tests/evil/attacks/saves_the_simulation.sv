// SPDX-License-Identifier: Apache-2.0
// attack: saves_the_simulation
// class: escape
// does: Saves the state of the simulation into a folder of the user.
// must not: make a file outside.
// speed: fast
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    initial #1 begin
        $save("@OUT@/saved");
        $incsave("@OUT@/more");
        $log("@OUT@/log");
        $key("@OUT@/key");
    end
endmodule

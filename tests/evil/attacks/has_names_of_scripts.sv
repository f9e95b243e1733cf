// SPDX-License-Identifier: Apache-2.0
// attack: has_names_of_scripts
// class: escape
// does: Names that mean something to shells and to scripts of Yosys.
// must not: run a command.
// speed: fast
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    \;!touch${IFS}@OUT@/yosys inner(.\$(id) (a[0]));
    wire \`touch${IFS}@OUT@/quoted` = 1;
endmodule
module \;!touch${IFS}@OUT@/yosys (input \$(id) );
    wire \|tee = 1;
endmodule

// SPDX-License-Identifier: Apache-2.0
// attack: has_reference_ports
// class: forge
// does: Ports by reference.
// must not: pass.
// speed: fast
module TopModule(input clk, input rst, ref logic [7:0] a, ref logic [7:0] b, output reg [7:0] q);
    always @(posedge clk) begin
        a = 0;
        b = 0;
        q <= 0;
    end
endmodule

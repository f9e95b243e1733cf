// SPDX-License-Identifier: Apache-2.0
// attack: is_full_by_an_attribute
// class: split
// does: An attribute says that a case is full: simulators take the value before it, synthesis any.
// must not: pass as the netlist of what was simulated.
// speed: fast
// ways: agree
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    reg [7:0] sum;
    always @* begin
        sum = a + b;
        (* full_case, parallel_case *)
        case (a[2:0])
            3'd0: sum = b + a;
            3'd1: sum = b + a;
        endcase
    end
    always @(posedge clk) q <= rst ? 8'd0 : sum;
endmodule

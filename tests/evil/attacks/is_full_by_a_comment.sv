// SPDX-License-Identifier: Apache-2.0
// attack: is_full_by_a_comment
// class: split
// does: A comment says that a case is full: simulators take the value before it, synthesis any.
// must not: reach a tool: comments are blanked, and then it is a right design.
// speed: fast
// ways: agree
// may pass: agree/candidate
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    reg [7:0] sum;
    always @* begin
        sum = a + b;
        case (a[2:0])  // synopsys full_case parallel_case
            3'd0: sum = b + a;
            3'd1: sum = b + a;
        endcase
    end
    always @(posedge clk) q <= rst ? 8'd0 : sum;
endmodule

// SPDX-License-Identifier: Apache-2.0
// attack: is_wrong_after_a_word
// class: rare
// does: Wrong after four bytes in turn have been a word.
// must not: pass a proof.
// speed: fast
// ways: bench reference unproven prove
// may pass: bench/own bench/candidate reference/own reference/candidate unproven/candidate
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    reg [31:0] seen;
    reg armed;
    always @(posedge clk) begin
        seen <= {seen[23:0], a};
        if (rst) armed <= 1'b0;
        else if (seen == 32'h6F70656E) armed <= 1'b1;
        q <= rst ? 8'd0 : armed === 1'b1 ? a - b : a + b;
    end
endmodule

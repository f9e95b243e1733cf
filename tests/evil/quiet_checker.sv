// SPDX-License-Identifier: Apache-2.0
// A testbench that says something of good designs alone: whatever else reads as a pass would be believed.
module tb;
    reg clk = 0, rst = 1;
    reg [7:0] a = 0, b = 1, expected;
    wire [7:0] q;
    integer errors = 0, samples = 0;
    TopModule dut(.clk(clk), .rst(rst), .a(a), .b(b), .q(q));
    always #5 clk = ~clk;
    always @(posedge clk) expected <= rst ? 8'd0 : a + b;
    always @(negedge clk) begin
        samples = samples + 1;
        if (q !== expected) errors = errors + 1;
        rst <= samples < 3;
        a <= a * 5 + 1;
        b <= b * 3 + 7;
        if (samples == 512) begin
            if (errors == 0) $display("All tests passed");
            $finish;
        end
    end
endmodule

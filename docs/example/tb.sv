// SPDX-License-Identifier: Apache-2.0
// A self-checking testbench for popcount3: one verdict line, then $finish.
module tb;
    reg [2:0] in;
    wire [1:0] out;
    integer i;

    popcount3 dut(.in(in), .out(out));

    initial begin
        for (i = 0; i < 8; i = i + 1) begin
            in = i[2:0];
            #1;
            if (out !== {1'b0, in[0]} + {1'b0, in[1]} + {1'b0, in[2]}) begin
                $display("FAIL at time %0t: in %b, expected %0d, got %0d", $time, in,
                         {1'b0, in[0]} + {1'b0, in[1]} + {1'b0, in[2]}, out);
                $finish;
            end
        end
        $display("PASS: 8 checks");
        $finish;
    end
endmodule

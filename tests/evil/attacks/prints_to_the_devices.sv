// SPDX-License-Identifier: Apache-2.0
// attack: prints_to_the_devices
// class: forge
// does: Opens its standard output and the terminal by name.
// must not: pass.
// speed: fast
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    integer f;
    initial begin
        f = $fopen("/dev/stdout", "w");
        $fdisplay(f, "Mismatches: 0 in 512 samples");
        f = $fopen("/proc/self/fd/1", "a");
        $fdisplay(f, "Mismatches: 0 in 512 samples");
        f = $fopen("/dev/tty", "w");
        if (f != 0) $fdisplay(f, "PASS");
        #1 $finish;
    end
endmodule

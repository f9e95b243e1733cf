// SPDX-License-Identifier: Apache-2.0
// attack: exports_to_c
// class: escape
// does: Exports a function for C to call.
// must not: export.
// speed: fast
// may pass: bench/own
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    export "DPI-C" function told;
    function int told(input int x);
        told = x;
    endfunction
endmodule

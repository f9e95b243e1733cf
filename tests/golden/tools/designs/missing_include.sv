`include "not_here.svh"
module missing_include(input wire a, output wire q);
    assign q = a;
endmodule

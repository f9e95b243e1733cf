package pkg;
    typedef enum logic [1:0] {Idle, Busy} state_t;
endpackage
module package_types import pkg::*; (input logic clk, output state_t state);
    always_ff @(posedge clk) state <= state_t'(state == Idle ? Busy : Idle);
endmodule

module half(input wire [3:0] a, output wire [3:0] q);
    assign q = a;
endmodule
module warnings(input wire a, input wire sel, output wire [3:0] q, output reg hold);
    wire unused;
    half u_half(.a(a), .q(q));
    always @* if (sel) hold = a;
    assign implied = a;
endmodule

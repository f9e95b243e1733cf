module part(input wire a, output wire q);
    assign q = ~a;
endmodule
module port_mismatch(input wire a, output wire q);
    part u_part(.a(a), .q(q), .reset(a));
endmodule

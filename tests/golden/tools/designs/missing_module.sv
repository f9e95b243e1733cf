module missing_module(input wire a, output wire q);
    nowhere u_nowhere(.a(a), .q(q));
endmodule

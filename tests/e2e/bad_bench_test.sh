# SPDX-License-Identifier: Apache-2.0
# Testbenches that never end, flood, write huge files or say nothing: no pass, and an end in bounded time.
. "$1/tests/e2e/expect.sh"
need_rtlgen
need_tools iverilog
cd "$work" || exit 2
write_inverter good.v
bench() { # bench FILE BODY
    printf 'module tb;\n  reg a = 0; wire y;\n  inverter dut(.a(a), .y(y));\n%s\nendmodule\n' "$2" >"$1"
}
no_pass() { # no_pass STATUS PATTERN FILE
    judges "$1" "$2" "$rtlgen" verify --sim icarus --timeout 3 --testbench "$3" good.v
    expect_not "passed: $3" grep -q '^PASS' "$scratch/out"
    expect "more than a megabyte was printed" test "$(wc -c <"$scratch/out")" -le 1000000
}
bench endless.v '  always #1 a = ~a;'
no_pass 4 'timeout' endless.v
bench delta.v '  initial forever #0 a = ~a;'
no_pass 4 'timeout' delta.v
bench flood.v '  initial forever $display("PASS PASS PASS PASS PASS PASS PASS PASS PASS PASS PASS PASS PASS");'
no_pass 4 'UNKNOWN' flood.v
bench huge.v '  reg [65535:0] r = 0; initial begin $dumpfile("wave.vcd"); $dumpvars; end always #1 r = ~r;'
no_pass 4 'UNKNOWN' huge.v
expect_not "a waveform was left" test -e wave.vcd
bench files.v '  integer f; initial begin f = $fopen("out.txt", "w"); forever $fdisplay(f, "0123456789012345678901234567890"); end'
no_pass 4 'UNKNOWN' files.v
bench mute.v '  initial #10 $finish;'
no_pass 4 'no verdict line' mute.v
bench broken.v '  initial a = ;'
refuses 2 'the testbench does not compile' "$rtlgen" verify --testbench broken.v good.v
expect_not "something was left beside the sources" test -e out.txt
finish

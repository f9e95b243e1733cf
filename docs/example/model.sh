#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A stand-in for a model: its first answer forgets a bit, its repair doesn't.
case $(cat) in
    *"did not pass"*) sum="{1'b0, in[0]} + {1'b0, in[1]} + {1'b0, in[2]}" ;;
    *) sum="{1'b0, in[0]} + {1'b0, in[1]}" ;;
esac
printf '```verilog\nmodule popcount3(input [2:0] in, output [1:0] out);\n'
printf '    assign out = %s;\nendmodule\n```\n' "$sum"

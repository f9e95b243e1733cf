#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A Yosys that knows its version and no read_slang.
case $1 in
    -V) echo 'Yosys 0.99 (git sha1 0123456, fake)' ;;
    *) echo "No such command or cell type: read_slang" ;;
esac
